"""Entry of the app: `streamlit run dashboard.py` serves pages, geometry and scripts.

An ASGI application, so one process answers for the pages and for the files that
browsers keep; the pages' frame is lpipgeo/ui/frame.py.
"""

import pyarrow as pa
import streamlit as st

from lpipgeo.paths import PROJECT
from lpipgeo.server import lifespan, middleware, routes
from lpipgeo.ui.embed_pages import embed_routes
from lpipgeo.ui.loaders import warm_up
from lpipgeo.ui.profile_more import more_routes

pa.set_memory_pool(pa.system_memory_pool())  # 25 MB less than with Arrow's own
warm_up()
frame = PROJECT / "lpipgeo" / "ui" / "frame.py"
app = st.App(
    frame,
    lifespan=lifespan,
    routes=[*routes(), *more_routes(), *embed_routes()],
    middleware=middleware(),
)
