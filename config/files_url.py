"""Where files are kept: in a folder of the disk, or in a bucket of whoever speaks S3."""

from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES: Final = {"s3": "https", "s3+http": "http"}
REGION: Final = "us-east-1"  # what whoever has no regions expects to be signed for

DISK: Final[dict[str, Any]] = {"BACKEND": "config.storage.WholeFileStorage"}


def stores_of(address: str) -> dict[str, dict[str, Any]]:
    """Django's STORAGES of files: "disk", "bucket" where ADDRESS names one, "default" of the two.

    ADDRESS is ``s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=REGION]``, or ``s3+http://``
    without TLS; key and secret have their signs escaped (``%2F``). Without them boto3 looks for
    its own. ImproperlyConfigured for anything else, without repeating it: it holds a secret.
    """
    if not address:
        return {"default": DISK, "disk": DISK}
    bucket = {"BACKEND": "config.bucket.Bucket", "OPTIONS": _options(address)}
    return {"default": bucket, "disk": DISK, "bucket": bucket}


def _options(address: str) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise _refused() from None
    name, _slash, folder = parts.path.strip("/").partition("/")
    is_whole = parts.scheme in SCHEMES and host and name
    if not is_whole or set(asked) - {"region"} or parts.fragment:
        raise _refused()
    return {
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}{port}",
        "bucket_name": name,
        "location": folder,
        "region_name": asked["region"][-1] if asked else REGION,
    }


def _refused() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "FILES_URL debe ser como s3://CLAVE:SECRETO@almacen.example.pe/DEPOSITO?region=us-east-1, "
        "con los signos de la clave y del secreto escritos como %2F; o s3+http:// sin TLS. Sin "
        "ella los archivos se guardan en MEDIA_ROOT."
    )
