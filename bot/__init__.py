"""What Klankbord decides, says and does."""

VERSION = "0.2.0"
