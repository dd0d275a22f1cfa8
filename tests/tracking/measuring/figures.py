"""Any figure that a column holds, and which way it is to go."""

from decimal import Decimal

from hypothesis import strategies as st

from plans.choices import Direction

UP, DOWN, KEEP, UNSET = Direction.UP, Direction.DOWN, Direction.KEEP, ""

# What the columns hold: 14 digits and 4 decimals.
MOST = Decimal(10) ** 14 - Decimal("0.0001")
figures = st.decimals(-MOST, MOST, places=4)
amounts = st.decimals(0, MOST, places=4)
above_zero = st.decimals(Decimal("0.0001"), MOST, places=4)
directions = st.sampled_from([UP, DOWN, KEEP, UNSET])
percentages = st.decimals(-1000, 1000, places=6)
