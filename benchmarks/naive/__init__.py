"""Naive ways to draw the same map: small real apps, as most people write them."""
