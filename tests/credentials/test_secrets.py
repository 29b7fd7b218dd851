"""Cards, PINs, passwords and codes: what they accept, and what they give away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.credentials import cards, passwords, pins, tokens, totp
from codesign.settings import Settings

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CHEAP = Settings(hash_cost="low")
digits16 = st.text("0123456789", min_size=15, max_size=15)


@given(digits16, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body, place, shift):
    whole = body + cards.check_digit(body)
    wrong = whole[:place] + str((int(whole[place]) + shift) % 10) + whole[place + 1 :]
    assert cards.read(whole) == (body[:5], body[5:])
    assert cards.read(wrong) is None


@given(digits16, st.integers(0, 14))
def test_two_neighbours_turned_round_are_always_found(body, place):
    whole = body + cards.check_digit(body)
    turned = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert (cards.read(turned) is None) == (turned != whole)


def test_the_check_digit_is_damms():
    assert cards.check_digit("572") == "4"


@pytest.mark.parametrize("zero", ["0", "٠", "۰", "०", "０", "᠐"])
def test_digits_of_any_script_are_read(zero):
    made = cards.new()
    text = "".join(chr(ord(zero) + int(c)) for c in made.digits)
    assert cards.read(f" {text[:4]} {text[4:8]}\u00a0{text[8:12]}–{text[12:]}\n") == (made.number, made.secret)


@pytest.mark.parametrize("text", ["", "abc", "1234", "½" * 16, "①" * 16, "1" * 17, "1234 5678 9012 345x"])
def test_what_is_no_card_is_nothing(text):
    assert cards.read(text) is None


def test_a_card_has_16_digits_in_four_groups_and_a_token_of_128_bits():
    made = cards.new()
    assert [len(g) for g in made.groups] == [4, 4, 4, 4]
    assert len(made.token) == 22
    assert cards.new().token != made.token


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "234567", "987654", "121212", "111222", "123123", "890123", "998899"]
)
def test_pins_anybody_would_try_are_weak(pin):
    assert pins.is_weak(pin)


@pytest.mark.parametrize("pin", ["274913", "190384", "502716"])
def test_other_pins_are_not(pin):
    assert not pins.is_weak(pin)


def test_a_hash_differs_each_time_and_needs_the_pepper():
    one, two = passwords.hash("274913", CHEAP), passwords.hash("274913", CHEAP)
    assert one != two
    assert passwords.verify(one, "274913", CHEAP)
    assert not passwords.verify(one, "274914", CHEAP)
    assert not passwords.verify(one, "274913", replace(CHEAP, pepper="another"))


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_without_a_stored_text_nothing_is_right(stored):
    assert passwords.verify(stored, "nobody has this secret", CHEAP) is False


def test_the_normal_cost_is_argon2id_with_19_mib():
    assert passwords.hash("x", Settings()).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("short", True),
        ("a" * 30, True),
        ("x" * 201, True),
        ("ababababababababab", True),
        ("correct horse battery", False),
    ],
)
def test_a_password_has_15_letters_and_not_the_same_few(password, weak):
    assert passwords.is_weak(password) is weak


def test_a_code_works_once():
    secret = totp.new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    step = totp.verify(secret, code, None, NOW)
    assert step == int(NOW.timestamp()) // 30
    assert totp.verify(secret, code, step, NOW) is None
    later = NOW + timedelta(seconds=30)
    assert totp.verify(secret, pyotp.TOTP(secret).at(later), step, later) == step + 1


def test_a_code_of_the_step_before_is_fine_and_an_older_one_is_not():
    secret = totp.new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    assert totp.verify(secret, code, None, NOW + timedelta(seconds=30)) is not None
    assert totp.verify(secret, code, None, NOW + timedelta(seconds=90)) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "000000\x00"])
def test_what_is_no_code_is_refused(code):
    assert totp.verify(totp.new_secret(), code, None, NOW) is None


def test_a_code_may_be_typed_in_any_script_with_a_space():
    secret = totp.new_secret()
    code = pyotp.TOTP(secret).at(NOW).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert totp.verify(secret, f"{code[:3]} {code[3:]}", None, NOW) is not None


def test_tokens_have_256_bits_and_only_their_digest_is_kept():
    token = tokens.new()
    assert len(token) == 43
    assert token not in tokens.digest(token)
    assert tokens.keyed("a", "x", CHEAP) != tokens.keyed("b", "x", CHEAP)
    assert len(tokens.base32(tokens.keyed("a", "x", CHEAP)[:20])) == 32
