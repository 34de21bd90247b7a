"""The embedded back office, and which cases have a ticket"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import bot.storage.tables

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('case_ticket',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_try', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened', bot.storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['care_case.id'], name=op.f('fk_case_ticket_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_ticket'))
    )
    with op.batch_alter_table('case_ticket', schema=None) as batch_op:
        batch_op.create_index('ix_case_ticket_number_next_try', ['number', 'next_try'], unique=False)

    op.create_table('bo_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('placed', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('promised', sa.Date(), nullable=True),
    sa.Column('refund_cents', sa.Integer(), nullable=True),
    sa.Column('refund_day', sa.Date(), nullable=True),
    sa.Column('refund_state', sa.String(length=8), nullable=True),
    sa.CheckConstraint("status IN ('received', 'preparing', 'shipped', 'out_for_delivery', 'delivered', 'returned', 'cancelled')", name=op.f('ck_bo_order_status_known')),
    sa.CheckConstraint("refund_state IN ('planned', 'paid')", name=op.f('ck_bo_order_refund_state_known')),
    sa.CheckConstraint('(refund_cents IS NULL) = (refund_day IS NULL) AND (refund_day IS NULL) = (refund_state IS NULL)', name=op.f('ck_bo_order_refund_whole')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bo_order')),
    sa.UniqueConstraint('number', name=op.f('uq_bo_order_number'))
    )
    op.create_table('bo_order_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_bo_order_item_quantity_positive')),
    sa.ForeignKeyConstraint(['order_id'], ['bo_order.id'], name=op.f('fk_bo_order_item_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bo_order_item'))
    )
    with op.batch_alter_table('bo_order_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bo_order_item_order_id'), ['order_id'], unique=False)

    op.create_table('bo_appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('window_start', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('window_end', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.CheckConstraint("kind IN ('delivery', 'assembly', 'repair', 'pickup')", name=op.f('ck_bo_appointment_kind_known')),
    sa.CheckConstraint("state IN ('planned', 'done', 'missed', 'moved')", name=op.f('ck_bo_appointment_state_known')),
    sa.CheckConstraint('window_end > window_start', name=op.f('ck_bo_appointment_window_not_empty')),
    sa.ForeignKeyConstraint(['order_id'], ['bo_order.id'], name=op.f('fk_bo_appointment_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bo_appointment'))
    )
    with op.batch_alter_table('bo_appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bo_appointment_order_id'), ['order_id'], unique=False)

    op.create_table('bo_ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_code', sa.String(length=9), nullable=False),
    sa.Column('category', sa.String(length=64), nullable=False),
    sa.Column('department', sa.String(length=200), nullable=False),
    sa.Column('severity', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('asks', sa.JSON(), nullable=False),
    sa.Column('opened', bot.storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_code'], ['care_case.code'], name=op.f('fk_bo_ticket_case_code'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bo_ticket')),
    sa.UniqueConstraint('case_code', name=op.f('uq_bo_ticket_case_code'))
    )


def downgrade() -> None:
    op.drop_table('bo_ticket')
    with op.batch_alter_table('bo_appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bo_appointment_order_id'))

    op.drop_table('bo_appointment')
    with op.batch_alter_table('bo_order_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bo_order_item_order_id'))

    op.drop_table('bo_order_item')
    op.drop_table('bo_order')
    with op.batch_alter_table('case_ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_case_ticket_number_next_try')

    op.drop_table('case_ticket')
