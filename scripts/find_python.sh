#!/bin/sh
# Print the path of a Python 3.10: on PATH, through pyenv, through uv; otherwise one sentence that says what to install.
is_310() { "$1" -c 'import sys, venv, ensurepip; raise SystemExit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

for candidate in python3.10 python3 python; do
    path=$(command -v "$candidate" 2>/dev/null) || continue
    if is_310 "$path"; then echo "$path"; exit 0; fi
done
for path in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10; do
    if [ -x "$path" ] && is_310 "$path"; then echo "$path"; exit 0; fi
done
if command -v uv >/dev/null 2>&1; then
    path=$(uv python find 3.10 2>/dev/null || { uv python install 3.10 >/dev/null 2>&1 && uv python find 3.10 2>/dev/null; })
    if [ -n "$path" ] && is_310 "$path"; then echo "$path"; exit 0; fi
fi
echo "Teorema needs Python 3.10 (Rasa 3.6 runs on no later one): install it with 'pyenv install 3.10', 'uv python install 3.10' or your system's packages, then run this again." >&2
exit 2
