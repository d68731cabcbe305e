"""A real S3 protocol server on this machine, for what lies in an object store."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def store_address():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def object_store(store_address, settings, monkeypatch):
    """The settings' own S3 branch, read anew with this address, and an empty bucket."""
    import boto3

    said = {
        "FILE_SERVING": "s3",
        "S3_BUCKET": "portal",
        "S3_ENDPOINT_URL": store_address,
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    read = runpy.run_path(str(ROOT / "config" / "settings.py"))
    settings.FILE_SERVING, settings.STORAGES = read["FILE_SERVING"], read["STORAGES"]
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    boto3.client("s3", endpoint_url=store_address, region_name="us-east-1", **keys).create_bucket(Bucket="portal")
    return store_address
