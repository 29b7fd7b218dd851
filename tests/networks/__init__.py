"""Tests of the directory of networks and the policy calendar behind the panel door."""
