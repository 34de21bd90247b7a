"""The widget's attachments: upload before sending, and the customer's own files back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from bot.channels.multipart import only_file, read_form, upload_schema
from bot.core.ports import Thread
from bot.services.attachments import Attachments, download_headers


def add_attachment_routes(
    router: APIRouter, attachments: Attachments, thread_of: Callable[..., Awaitable[Thread]]
) -> None:
    """The routes under /attachments; `thread_of` finds the conversation of a request or refuses it."""

    @router.post("/attachments", status_code=201, openapi_extra=upload_schema())
    async def upload(request: Request, thread: Thread = Depends(thread_of)) -> dict[str, Any]:
        """Keep an image (JPEG, PNG, GIF, WebP) or a PDF in the field `file`; a message may then carry its `id`."""
        form = await read_form(request)
        try:
            file = only_file(form)
            kept = await run_in_threadpool(attachments.keep, thread.conversation_id, file.filename or "", file.file)
        finally:
            await form.close()
        return kept.as_dict()

    @router.get("/attachments/{attachment_id}", response_class=FileResponse)
    def download(attachment_id: str, thread: Thread = Depends(thread_of)) -> Response:
        """A file of this conversation."""
        found, path = attachments.find(attachment_id, conversation_id=thread.conversation_id)
        return FileResponse(path, media_type=found.media_type, headers=download_headers(found))
