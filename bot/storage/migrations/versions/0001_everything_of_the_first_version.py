"""Everything of the first version"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import bot.storage.tables
from bot.storage.search_index import POSTGRES_DROP, POSTGRES_INDEX, SQLITE_DROP, SQLITE_INDEX

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=254), nullable=False),
    sa.Column('action', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=128), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    op.create_table('customer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=True),
    sa.Column('locale', sa.String(length=8), nullable=True),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer'))
    )
    op.create_table('login_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_failure'))
    )
    with op.batch_alter_table('login_failure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_failure_key'), ['key'], unique=False)

    op.create_table('operator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('agent', 'manager', 'trainer', 'admin')", name=op.f('ck_operator_role_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operator')),
    sa.UniqueConstraint('email', name=op.f('uq_operator_email'))
    )
    op.create_table('training_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('started', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended', bot.storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('stage', sa.String(length=16), nullable=False),
    sa.Column('accuracy', sa.Float(), nullable=True),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_run'))
    )
    op.create_table('conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=36), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('operator_id', sa.Integer(), nullable=True),
    sa.Column('last_seq', sa.Integer(), nullable=False),
    sa.Column('memory', sa.JSON(), nullable=False),
    sa.Column('temperature', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('updated', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('bot', 'waiting', 'human', 'closed')", name=op.f('ck_conversation_state_known')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_conversation_customer_id')),
    sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f('fk_conversation_operator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_conversation_public_id'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_operator_id'), ['operator_id'], unique=False)
        batch_op.create_index('ix_conversation_state_updated', ['state', 'updated'], unique=False)
        batch_op.create_index('ix_conversation_updated', ['updated'], unique=False)

    op.create_table('identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('external_id', sa.String(length=128), nullable=False),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_identity_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity')),
    sa.UniqueConstraint('channel', 'external_id', name=op.f('uq_identity_channel_external_id'))
    )
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_customer_id'), ['customer_id'], unique=False)

    op.create_table('operator_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('operator_id', sa.Integer(), nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f('fk_operator_session_operator_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_operator_session'))
    )
    with op.batch_alter_table('operator_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_operator_session_operator_id'), ['operator_id'], unique=False)

    op.create_table('care_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=9), nullable=False),
    sa.Column('category', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('severity', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('opened', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('updated', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('open', 'solved', 'closed')", name=op.f('ck_care_case_state_known')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_care_case_conversation_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_care_case_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_case')),
    sa.UniqueConstraint('code', name=op.f('uq_care_case_code'))
    )
    with op.batch_alter_table('care_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_case_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_care_case_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_care_case_state_updated', ['state', 'updated'], unique=False)

    op.create_table('handoff',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('context', sa.JSON(), nullable=False),
    sa.Column('requested', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('claimed', bot.storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended', bot.storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('operator_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_handoff_conversation_id')),
    sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f('fk_handoff_operator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff'))
    )
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handoff_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handoff_operator_id'), ['operator_id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=36), nullable=False),
    sa.Column('external_id', sa.String(length=128), nullable=True),
    sa.Column('author', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('signals', sa.JSON(), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=True),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("author IN ('customer', 'bot', 'operator')", name=op.f('ck_message_author_known')),
    sa.CheckConstraint("status IN ('received', 'processed', 'pending', 'sent', 'failed')", name=op.f('ck_message_status_known')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('conversation_id', 'external_id', name=op.f('uq_message_conversation_id_external_id')),
    sa.UniqueConstraint('conversation_id', 'seq', name=op.f('uq_message_conversation_id_seq'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_status', ['status', 'conversation_id'], unique=False)

    op.create_table('tracker_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.JSON(), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_tracker_event_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracker_event'))
    )
    with op.batch_alter_table('tracker_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tracker_event_conversation_id'), ['conversation_id'], unique=False)

    op.create_table('tracker_state',
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_tracker_state_conversation_id')),
    sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_tracker_state'))
    )
    op.create_table('widget_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('created', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_widget_session_conversation_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_widget_session'))
    )
    with op.batch_alter_table('widget_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_widget_session_conversation_id'), ['conversation_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=36), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=32), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_attachment_size_positive')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_attachment_conversation_id')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_attachment_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_attachment_public_id'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_message_id'), ['message_id'], unique=False)

    op.create_table('case_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['care_case.id'], name=op.f('fk_case_event_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event'))
    )
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_event_case_id'), ['case_id'], unique=False)

    op.create_table('promise',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('made', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('next_update', bot.storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('open', 'updated', 'kept', 'broken')", name=op.f('ck_promise_state_known')),
    sa.CheckConstraint('due > made', name=op.f('ck_promise_due_after_made')),
    sa.ForeignKeyConstraint(['case_id'], ['care_case.id'], name=op.f('fk_promise_case_id')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_promise_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise'))
    )
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promise_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_promise_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index('ix_promise_state_next_update', ['state', 'next_update'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('operator_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=32), nullable=False),
    sa.Column('right_intent', sa.String(length=64), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_review_message_id')),
    sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f('fk_review_operator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_message_id'), ['message_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_operator_id'), ['operator_id'], unique=False)

    _run(POSTGRES_INDEX if op.get_context().dialect.name == "postgresql" else SQLITE_INDEX)


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    _run(POSTGRES_DROP if op.get_context().dialect.name == "postgresql" else SQLITE_DROP)
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_operator_id'))
        batch_op.drop_index(batch_op.f('ix_review_message_id'))

    op.drop_table('review')
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_index('ix_promise_state_next_update')
        batch_op.drop_index(batch_op.f('ix_promise_conversation_id'))
        batch_op.drop_index(batch_op.f('ix_promise_case_id'))

    op.drop_table('promise')
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_event_case_id'))

    op.drop_table('case_event')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_message_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_conversation_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('widget_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_widget_session_conversation_id'))

    op.drop_table('widget_session')
    op.drop_table('tracker_state')
    with op.batch_alter_table('tracker_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tracker_event_conversation_id'))

    op.drop_table('tracker_event')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_status')

    op.drop_table('message')
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handoff_operator_id'))
        batch_op.drop_index(batch_op.f('ix_handoff_conversation_id'))

    op.drop_table('handoff')
    with op.batch_alter_table('care_case', schema=None) as batch_op:
        batch_op.drop_index('ix_care_case_state_updated')
        batch_op.drop_index(batch_op.f('ix_care_case_customer_id'))
        batch_op.drop_index(batch_op.f('ix_care_case_conversation_id'))

    op.drop_table('care_case')
    with op.batch_alter_table('operator_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_operator_session_operator_id'))

    op.drop_table('operator_session')
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identity_customer_id'))

    op.drop_table('identity')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_updated')
        batch_op.drop_index('ix_conversation_state_updated')
        batch_op.drop_index(batch_op.f('ix_conversation_operator_id'))
        batch_op.drop_index(batch_op.f('ix_conversation_customer_id'))

    op.drop_table('conversation')
    op.drop_table('training_run')
    op.drop_table('operator')
    with op.batch_alter_table('login_failure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_failure_key'))

    op.drop_table('login_failure')
    op.drop_table('customer')
    op.drop_table('audit_entry')
