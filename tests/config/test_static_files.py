"""What pages are drawn with: collected by whoever installs, served by somebody else."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from config.settings import STORAGES
from config.storage import MANIFEST, ReleasedStaticFilesStorage


def test_everybody_reads_them_and_the_manifest_names_the_release(tmp_path: Path) -> None:
    options = STORAGES["staticfiles"]["OPTIONS"]
    storage = ReleasedStaticFilesStorage(location=tmp_path, base_url="/static/", **options)
    before = os.umask(0o077)
    try:
        storage.save("css/a.css", ContentFile(b"a{}"))
        storage.hashed_files = {"css/a.css": "css/a.0123.css"}
        storage.save_manifest()
    finally:
        os.umask(before)
    assert json.loads((tmp_path / MANIFEST).read_text())["release"] == settings.RELEASE
    assert ReleasedStaticFilesStorage(location=tmp_path).hashed_files == storage.hashed_files
    modes = {each: (tmp_path / each).stat().st_mode & 0o777 for each in ("css", "css/a.css")}
    assert modes == {"css": 0o755, "css/a.css": 0o644}
