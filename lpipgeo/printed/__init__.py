"""The printed profile: an area on paper, as PDF and as a self-contained web page."""
