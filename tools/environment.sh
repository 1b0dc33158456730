#!/usr/bin/env bash
# Makes .venv from the lock file. Needs a Python 3.11 to 3.13 and nothing else; uv, pinned, comes by pip.
set -euo pipefail

UV_VERSION=0.13.9

fits() {
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null && fits "$candidate"; then
    python=$(command -v "$candidate")
    break
  fi
done
if [ -z "$python" ]; then
  echo "gradesmith needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=/path/to/python3.12" >&2
  exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  echo "this Python can't make environments: install the package python$version-venv (Debian, Ubuntu)," >&2
  echo "for example with: apt-get install python$version-venv" >&2
  exit 1
fi

if [ ! -x .bootstrap/bin/uv ] || [ "$(.bootstrap/bin/uv --version | cut -d' ' -f2)" != "$UV_VERSION" ]; then
  rm -rf .bootstrap
  "$python" -m venv .bootstrap
  .bootstrap/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

export UV_LINK_MODE=${UV_LINK_MODE:-copy}
.bootstrap/bin/uv venv --quiet --clear --python "$python" .venv
echo "installing what requirements.lock lists into .venv"
.bootstrap/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
.bootstrap/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
