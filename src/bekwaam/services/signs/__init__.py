"""Services of the signs room. They lean on nothing of the portfolio and the assessment, which call them."""
