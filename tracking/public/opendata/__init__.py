"""Open data under ``/datos/``: everything that is published, as files to take home."""
