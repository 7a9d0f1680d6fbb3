"""`bandwright serve`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter


def serve(
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    browser: Annotated[bool, Parameter(negative="--no-browser")] = True,
    name: tuple[str, ...] = (),
) -> int:
    """Open the app in your browser, and serve it until Ctrl-C.

    Try:
      bandwright serve
      bandwright serve --port 8080 --no-browser
      bandwright serve --host 0.0.0.0 --no-browser

    Args:
        host: Address to listen at; 127.0.0.1 is this computer only, 0.0.0.0 the whole network.
        port: Port to listen at; 0 takes any that is free. Unless given: 8000, or the next free one.
        browser: Whether to open the browser.
        name: A name browsers may ask for it by, behind a proxy; may be given again.
    """
    from bandwright.cli.output import tell  # noqa: PLC0415 — the engine takes two seconds to load
    from bandwright.web.serving import serve as serve_app  # noqa: PLC0415 — as above
    from bandwright.web.settings import WebSettings  # noqa: PLC0415 — as above

    serve_app(WebSettings(host=host, names=name), port, browser=browser, say=tell)
    return 0
