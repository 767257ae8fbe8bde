"""The page layer: the only place, with the pages, that imports streamlit."""
