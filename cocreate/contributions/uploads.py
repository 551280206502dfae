"""How a file comes in: into a file without a name, and no more of it than anybody here reads."""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# More than the largest that anything here takes in. The rest is counted and dropped, so that a
# request of a gigabyte fills no disk; whoever reads the file sees that it is too large.
MOST_KEPT = 21 * 1024 * 1024
IN_MEMORY = 1024 * 1024


class UnnamedFiles(FileUploadHandler):
    """Django's own keeps large uploads under a name in the machine's folder for such things, where
    a killed process leaves them: a photo with its position would lie there in the open."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - kept open
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        piece = raw_data[: max(0, MOST_KEPT - self.kept)]
        self.file.write(piece)
        self.kept += len(piece)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
