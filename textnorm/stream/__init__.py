"""Bytes in, bytes out: blocks of lines, file formats, ordered parallel work, safe replacement of files."""
