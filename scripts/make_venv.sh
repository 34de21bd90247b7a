#!/bin/sh
# Make the environment in $1 with exactly the packages of requirements.lock; does nothing when it is already so.
set -e
venv=$1
stamp="$venv/.lock"
if [ -x "$venv/bin/teorema" ] && cmp -s requirements.lock "$stamp" && "$venv/bin/python" -c 'import bot' 2>/dev/null; then
    exit 0
fi
python=$(sh scripts/find_python.sh)
echo "Preparing the environment with $python: about 225 packages, a few minutes the first time."
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import sys; raise SystemExit(sys.version_info[:2] != (3, 10))'; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet --progress-bar off --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
cp requirements.lock "$stamp"
