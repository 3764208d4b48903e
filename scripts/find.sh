# Finds uv and a Python for scripts/setup and scripts/lock, and tells uv what pip was told; sourced, never run.

say() { printf '%s\n' "$*" >&2; }
stop() {
    say "$*"
    exit 1
}

# The Python versions that every locked package has wheels for.
fits() { "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

pyenv_folders() { printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; }

# Prints the path of a working uv, installing one into .cache/tools by pip where there is none.
find_uv() {
    local uv tools=.cache/tools/bin/uv
    for uv in uv "$tools" "$HOME/.local/bin/uv" $(pyenv_folders | sed 's|$|/uv|'); do
        "$uv" --version >/dev/null 2>&1 && { echo "$uv"; return; }
    done
    local python
    for python in python3 /usr/bin/python3 $(pyenv_folders | sed 's|$|/python3|'); do
        "$python" -m pip --version >/dev/null 2>&1 || continue
        say "Installing uv into .cache/tools."
        # --target leaves the system's and the user's Python as they are, also where Debian marks them "externally managed".
        "$python" -m pip install --quiet --root-user-action=ignore --require-hashes --target .cache/tools --upgrade -r requirements/uv.txt >&2 &&
            "$tools" --version >/dev/null 2>&1 && { echo "$tools"; return; }
    done
    if [[ -z ${pip_tried:-} ]] && scripts/packages python3-pip >&2 && python3 -m pip --version >/dev/null 2>&1; then
        pip_tried=yes find_uv
        return
    fi
    stop "uv is needed and could not be installed: install it (or pip, which fetches it) and run the command again."
}

# Prints the path of a Python that fits: on PATH, among pyenv's (active or not), uv's own, or a newly installed one.
find_python() {
    local uv=$1 version python
    for version in 3.12 3.13; do
        for python in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version"*/bin/python; do
            if fits "$python"; then
                "$python" -c 'import sys; print(sys.executable)'
                return
            fi
        done
    done
    for python in python3 python; do
        if fits "$python"; then
            "$python" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    "$uv" python find --no-project '>=3.12,<3.14' 2>/dev/null && return
    say "No Python 3.12 or 3.13 is here; asking uv for one."
    "$uv" python install --quiet 3.12 >&2 && "$uv" python find --no-project 3.12 && return
    stop "Python 3.12 or 3.13 is needed: install one (a package of your system, pyenv, or 'uv python install 3.12') and run the command again."
}

# uv doesn't read pip's settings: a mirror or a certificate that somebody gave to pip counts for uv too, unless uv has its own.
borrow_from_pip() {
    local pip=(python3 -m pip config get)
    if [[ -z ${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}${UV_INDEX:-}${UV_CONFIG_FILE:-} ]]; then
        local index=${PIP_INDEX_URL:-$("${pip[@]}" global.index-url 2>/dev/null || true)}
        [[ -z $index ]] || export UV_DEFAULT_INDEX=$index
    fi
    if [[ -z ${SSL_CERT_FILE:-} ]]; then
        local certificate=${PIP_CERT:-$("${pip[@]}" global.cert 2>/dev/null || true)}
        [[ ! -f $certificate ]] || export SSL_CERT_FILE=$certificate
    fi
}
