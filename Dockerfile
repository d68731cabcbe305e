# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/srv/data
WORKDIR /srv/portal
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal

COPY requirements/prod.txt requirements/prod.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
    -r requirements/prod.txt

COPY . .
# Languages and static files are made here, so that every container starts with the same ones and at once.
# A build needs no secret and no database; these values stay in this one step.
RUN export SECRET_KEY=only-for-the-build DATABASE_URL=sqlite://:memory: \
 && python manage.py texts --compile \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q . \
 && install -d -o portal -g portal /srv/data/files

USER portal
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
