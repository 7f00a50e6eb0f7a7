"""The front door: `flask` and gunicorn find the application here."""

from conexx_learn.factory import create_app_from_environment

app = create_app_from_environment()
