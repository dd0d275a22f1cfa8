"""What a browser keeps of a page, and asks again."""

from django.test import Client


def etag(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response["ETag"])


def see(client: Client, address: str, seen: str) -> int:
    """The status for whoever has the page with the ETag SEEN."""
    return client.get(address, headers={"if-none-match": seen}).status_code
