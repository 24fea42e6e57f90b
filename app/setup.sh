# shellcheck shell=bash disable=SC2034,SC2154
# What app/run and tests/run share: the packages, and a build that is quiet unless it fails.
# Sourced by bash, never run. Everything it says goes to stderr, so that stdout stays the program's.

# To build and to run the program. Names are Debian 12's.
packages_build=(
  build-essential cmake ninja-build ccache mold pkg-config # tools
  python3                                                  # generates the kernel structures from their tables
  qt6-base-dev qt6-svg-dev libgl1-mesa-dev                 # the window, and drawing to SVG
  qt6-l10n-tools qt6-translations-l10n                     # lrelease, and Qt's own words in other languages
  qt6-qpa-plugins qt6-wayland xkb-data                     # what the window needs when it runs
  libgraphviz-dev libyaml-cpp-dev libmd4c-dev              # layout of graphs, the blocks and the words of lessons
  nlohmann-json3-dev                                       # JSON
  libpcap-dev libarchive-dev libcli11-dev                  # live capture, packed packet files, the command line
  libcpp-httplib-dev                                       # a walk shared with a class
  libgtest-dev libgmock-dev libbenchmark-dev               # tests and the benchmark
  fonts-dejavu-core fonts-inter fonts-noto-cjk             # a monospace, a sans, and Chinese
)
# For tests/run alone: a display without a screen, real traffic to compare with, what reads the sources, what desktops and
# Debian read of a package, a browser for the pages, and debuggers for the core files.
packages_test=(xvfb xauth tcpdump iproute2 iputils-ping netcat-openbsd curl universal-ctags clang-format clang-tidy python3-jsonschema
  desktop-file-utils appstream shared-mime-info man-db dpkg-dev lintian chromium chromium-driver gdb python3-drgn)

say() { printf 'sockwalk: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Those of the named packages that are not installed, one per line.
missing_packages() {
  local installed
  installed=" $(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^.i. *//p' | tr '\n' ' ')"
  local package
  for package in "$@"; do
    [[ $installed == *" $package "* ]] || echo "$package"
  done
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "$@" >>"$setup_log" 2>&1
}

apt_update() {
  say "fetching the package lists (apt-get update)"
  as_root apt-get update -q >>"$setup_log" 2>&1
}

# Installs what is missing of the named packages; sets setup_installed=1 if anything was.
setup_installed=0
ensure_packages() {
  [[ -z ${SOCKWALK_NO_SETUP:-} ]] || return 0
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    fail "this is not a Debian system, so nothing can be installed here. Install what these Debian" \
      "packages hold, then run again with SOCKWALK_NO_SETUP=1: $*"
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  say "will install with apt-get (this takes some minutes): ${missing[*]}"
  if [[ $(id -u) != 0 ]]; then
    local by_hand="As root, run: apt-get install --no-install-recommends ${missing[*]}"
    command -v sudo >/dev/null || fail "you are not root and there is no sudo here. $by_hand"
    sudo true || fail "sudo did not let you in. $by_hand"
  fi
  mkdir -p "$root/build" || fail "cannot write to $root; the build goes to the folder build/ there."
  setup_log=$root/build/setup.log
  : >"$setup_log"
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || apt_update || show_log_and_fail "$setup_log" \
    "apt-get update failed. Is there a network, and does /etc/apt name a Debian 12 mirror?"
  # Lists that are there may be old and name files the mirror no longer has: then fetch them and try again.
  apt_install "${missing[@]}" || { apt_update && apt_install "${missing[@]}"; } || show_log_and_fail \
    "$setup_log" "apt-get could not install the packages. Sockwalk is made for Debian 12 (bookworm)."
  setup_installed=1
  say "installed ${#missing[@]} packages and what they need"
}

# show_log_and_fail LOG SENTENCE...: the end of the log, then what it means.
show_log_and_fail() {
  local log=$1
  shift
  tail -n 40 "$log" >&2
  say "$*"
  fail "the whole log: $log"
}

# A gigabyte for each compiler, so that a small machine does not swap.
build_jobs() {
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/^MemAvailable/ { print int($2 / 1000000) }' /proc/meminfo 2>/dev/null || echo "$cores")
  ((gigabytes < 1)) && gigabytes=1
  echo $((cores < gigabytes ? cores : gigabytes))
}

configure() {
  local preset=$1 dir=$root/build/$1 log=$root/build/$1/configure.log
  local cache=$dir/CMakeCache.txt
  # A build folder that came along when the sources were moved or copied is of no use.
  if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    say "build/$preset was made for another folder; starting it anew"
    rm -rf "$dir"
  fi
  if [[ -f $dir/build.ninja && ! $root/CMakePresets.json -nt $cache && $setup_installed == 0 ]]; then
    return 0  # ninja itself sees when a CMakeLists.txt has changed
  fi
  mkdir -p "$dir" || fail "cannot write to $root; the build goes to the folder build/ there."
  (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 || show_log_and_fail "$log" \
    "CMake could not configure the '$preset' build. If a package is missing, name it in app/setup.sh;" \
    "if the build folder is damaged, remove $dir and run again."
  touch "$cache"
}

# Shows ninja's lines as one line of progress; says nothing when there is nothing to build.
show_progress() {
  local preset=$1 line started=0
  while IFS= read -r line; do
    # Step 0 is CMake looking whether its own files have changed.
    [[ $line =~ ^\[([1-9][0-9]*)/([0-9]+)\] ]] || continue
    if ((!started)); then
      started=1
      say "building ($preset, ${BASH_REMATCH[2]} steps; the first time takes some minutes)"
    fi
    [[ -t 2 ]] && printf '\r%s of %s ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
  done
  if ((started)) && [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# build_preset PRESET [TARGET...]: configures when needed and builds, quietly.
build_preset() {
  local preset=$1 log=$root/build/$1/build.log targets=()
  shift
  (($#)) && targets=(--target "$@")
  configure "$preset"
  { : >"$log"; } 2>/dev/null || log=$(mktemp)  # someone else's build, perhaps up to date and only to be run
  cmake --build "$root/build/$preset" --parallel "$(build_jobs)" "${targets[@]}" 2>&1 |
    tee "$log" | show_progress "$preset"
  ((PIPESTATUS[0] == 0)) || show_log_and_fail "$log" \
    "the '$preset' build failed; the first 'error:' above or in the log says where. If memory ran out" \
    "('Killed'), close other programs and run again: it goes on where it stopped."
}
