"""A web application without a network, for every test of the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bandwright.web.app import build_app
from bandwright.web.settings import WebSettings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application, without built pages and with an empty data folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANDWRIGHT_DATA", str(tmp_path_factory.mktemp("own")))
        app = build_app(WebSettings(client=Path("/nowhere"), warm_up=False, longest_s=600.0))
        with TestClient(app, base_url="http://localhost:8000") as found:
            yield found
