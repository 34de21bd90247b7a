"""Where customers write: each channel receives into and delivers from the same store."""
