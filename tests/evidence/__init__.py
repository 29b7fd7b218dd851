"""Tests of sentences and what stands behind them."""
