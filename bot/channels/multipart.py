"""The one file of a multipart request."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.core.errors import Refused, Unavailable

FIELD = "file"


class _WholeForm(MultiPartParser):
    """Starlette's parser, which takes a body that breaks off for one that has ended."""

    ended = False

    def on_end(self) -> None:
        self.ended = True


async def read_form(request: Request) -> FormData:
    """The fields of a multipart body, to be closed; raises Refused when it is none or is broken, Unavailable."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise Refused("not_multipart", status=415)
    try:
        parser = _WholeForm(request.headers, request.stream())
        form = await parser.parse()
    except (MultiPartException, ValueError) as error:
        raise Refused("multipart_broken", status=400) from error
    except OSError as error:
        raise Unavailable("disk_full", reason=str(error)) from error
    if not parser.ended:
        await form.close()
        raise Refused("multipart_broken", status=400)
    return form


def only_file(form: FormData) -> UploadFile:
    """The file in the field `file`; raises Refused when it is missing or not the only one."""
    files = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
    if len(files) > 1:
        raise Refused("attachments_at_once")
    if not files or files[0][0] != FIELD:
        raise Refused("attachment_missing")
    return files[0][1]


def upload_schema() -> dict[str, object]:
    """The request's description for /openapi.json."""
    file = {"type": "object", "required": [FIELD], "properties": {FIELD: {"type": "string", "format": "binary"}}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": file}}}}
