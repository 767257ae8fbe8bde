"""What deploy/ must keep so that replicas behind a proxy serve people by any name."""

from __future__ import annotations

import re

import yaml

from lpipgeo.paths import PROJECT

DEPLOY = PROJECT / "deploy"


def test_no_place_of_the_proxy_loses_the_name_by_which_people_came():
    # nginx passes on the headers of the server block only where a place sets none.
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    places = re.findall(r"^    location [^{]*\{(.*?)^    \}", text, re.M | re.S)
    assert len(places) > 1
    assert [place for place in places if "proxy_set_header" in place] == []
    assert "proxy_set_header Host $http_host;" in text


def test_every_replica_keeps_an_address_of_its_own():
    # nginx asks for a name once: a replica made anew with another address is lost.
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    given = {
        name: service["networks"]["default"]["ipv4_address"]
        for name, service in compose["services"].items()
        if name.startswith("app")
    }
    assert len(given) == len(set(given.values())) >= 2


def test_the_image_takes_every_file_that_it_copies_and_no_secret():
    rules = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    taken = {rule for rule in rules if rule.startswith("!")}
    recipe = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [
        name.removeprefix("./")
        for line in re.findall(r"^COPY (.+) \S+$", recipe, re.M)
        for name in line.split()
    ]
    assert {f"!{name}" for name in copied} <= taken
    assert "*" in rules  # all else is left out
    assert taken.isdisjoint({"!.streamlit", "!deploy"})  # where secrets may lie
