"""Telling files that are no text: by their first bytes, by NUL bytes, by too many control characters."""

from __future__ import annotations

#: First bytes -> (what it is, what to do).
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "save its text as .txt or the web page as .html"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "type or recognise its text into a .txt file"),
    (b"\xff\xd8\xff", "a JPEG picture", "type or recognise its text into a .txt file"),
    (b"GIF87a", "a GIF picture", "type or recognise its text into a .txt file"),
    (b"GIF89a", "a GIF picture", "type or recognise its text into a .txt file"),
    (b"II*\x00", "a TIFF picture", "type or recognise its text into a .txt file"),
    (b"MM\x00*", "a TIFF picture", "type or recognise its text into a .txt file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document", "save it as plain text (.txt)"),
    (b"{\\rtf", "an RTF document", "save it as plain text (.txt)"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and name the articles inside"),
    (b"BZh", "a bzip2 archive", "unpack it and name the articles inside"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and name the articles inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and name the articles inside"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and name the articles inside"),
    (b"\x7fELF", "a program", "name an article instead"),
    (b"SQLite format 3\x00", "an SQLite database", "export the articles as .txt or .json"),
    (b"OggS", "an Ogg recording", "name its transcript as .txt"),
    (b"ID3", "an MP3 recording", "name its transcript as .txt"),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (.docx)"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/epub+zip", "an EPUB book"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint file (.pptx)"),
)
_AS_TEXT = "save its text as .txt, .md or .html"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"


def binary_format(data: bytes) -> tuple[str, str] | None:
    """(what the bytes are, next step) if they are a known binary format, else None. Looks at the first 4096 bytes only."""
    head = data[:4096]
    for magic, what, step in _MAGIC:
        # Marks made of letters alone could open a text ("ID3 is …"); there the bytes after them must be binary too.
        if head.startswith(magic) and (not magic.isalnum() or has_controls(head)):
            return what, step
    if head.startswith(_ZIP):
        for mark, what in _IN_ZIP:
            if mark in head:
                return what, _AS_TEXT
        return "a ZIP archive or an Office document", "unpack it, or " + _AS_TEXT
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a media file", "name its transcript as .txt"
    if head[4:8] == b"ftyp":
        return "a video or picture file", "name its transcript as .txt"
    return None


def has_controls(data: bytes) -> bool:
    """Whether more than one byte in ten of the first 64 KiB is a control character that no text holds."""
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 10
