#!/usr/bin/env bash
# The package in an empty Debian 12: chroot_test.sh PACKAGE.deb [FOLDER]
# Makes a Debian with debootstrap (in FOLDER, kept for the next time if it is named), installs the package there with apt,
# looks at what a person has of it, and removes it again. Needs root, debootstrap and a Debian mirror
# (DEBIAN_MIRROR, else deb.debian.org). It takes minutes and is no part of tests/run.
set -uo pipefail
package=$(readlink -f "${1:?name the .deb}") || exit 2
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
debian=${2:-$(mktemp -d)}
[[ -n ${2:-} ]] || trap 'rm -rf --one-file-system "$debian"' EXIT
wrong=0

say() { printf '%s\n' "$*"; }
inside() { chroot "$debian" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/person LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# as a person without rights
person() { inside setpriv --reuid 1000 --regid 1000 --clear-groups "$@"; }
check() { # check SENTENCE COMMAND...
  local sentence=$1 said
  shift
  if said=$("$@" 2>&1); then say "ok    $sentence"; else
    say "WRONG $sentence"
    tail -n 15 <<<"$said" | sed 's/^/      /'
    wrong=1
  fi
}
has() { grep -qF -- "$1" <<<"$(cat)"; }
files() { (cd "$debian" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./tmp \) -prune -o -print | sort); }

if [[ ! -x $debian/usr/bin/apt-get ]]; then
  say "making a Debian 12 in $debian"
  debootstrap --variant=minbase bookworm "$debian" "$mirror" >"$debian.log" 2>&1 || { tail -n 20 "$debian.log"; exit 1; }
fi
for file in /etc/apt/apt.conf.d/*proxy* /etc/resolv.conf; do
  [[ -f $file ]] && cp -L "$file" "$debian$file"
done
inside apt-get update -q >/dev/null || exit 1
# What any desktop has: menus, types of files, manual pages.
inside apt-get install -yq --no-install-recommends desktop-file-utils shared-mime-info xdg-utils man-db hicolor-icon-theme \
  libfile-mimeinfo-perl bash-completion >"$debian.log" 2>&1 || { tail -n 20 "$debian.log"; exit 1; }
rm -f "$debian/etc/dpkg/dpkg.cfg.d/docker" # an image that leaves manual pages out
mkdir -p "$debian/home/person" && chown 1000:1000 "$debian/home/person"
cp "$package" "$debian/tmp/sockwalk.deb"

inside apt-get purge -yq sockwalk >/dev/null 2>&1
before=$(files)
packages_before=$(inside dpkg-query -W -f '${Package}\n')
check "apt installs the package and what it needs" inside apt-get install -yq --no-install-recommends /tmp/sockwalk.deb

check "the menu has the program" inside grep -q '^Exec=sockwalk' /usr/share/applications/sockwalk.desktop
for kind in application/vnd.tcpdump.pcap application/x-pcapng application/x-sockwalk text/x-packetdrill; do
  check "$kind is opened by it" bash -c "$(declare -f person inside); debian=$debian; [[ \$(person xdg-mime query default $kind) == sockwalk.desktop ]]"
done
check "a capture is known by its bytes" bash -c "$(declare -f person inside); debian=$debian
  [[ \$(person mimetype -b -M /usr/share/sockwalk/captures/hello-udp.pcap) == application/vnd.tcpdump.pcap ]]"
check "what the desktop starts for a capture runs" person sockwalk -platform offscreen /nonexistent.pcap --version
check "the lessons are found" bash -c "$(declare -f person inside); debian=$debian; (( \$(person sockwalk samples | grep -c '^lesson   /usr/share/sockwalk/lessons/') >= 5 ))"
check "the socket() walk runs" bash -c "$(declare -f person inside); debian=$debian; person sockwalk print /usr/share/sockwalk/lessons/01-socket/scenario.pkt | grep -q 'inet_create('"
check "a picture of the window is drawn" person sockwalk shot /usr/share/sockwalk/captures/hello-udp.pcap --at udp_rcv -o /home/person/a.png
check "the window without a display says so" bash -c "$(declare -f person inside); debian=$debian; person sockwalk 2>&1 | grep -q 'there is no display'"
check "man sockwalk reads" bash -c "$(declare -f person inside); debian=$debian; person man -P cat sockwalk | grep -q 'walk through the Linux network stack'"
check "bash completes its commands" person bash -c 'source /usr/share/bash-completion/bash_completion
  _completion_loader sockwalk; COMP_WORDS=(sockwalk pr) COMP_CWORD=1; _sockwalk; [[ ${COMPREPLY[*]} == print ]]'
person mkdir -p /home/person/.local/share/sockwalk/lessons/90-mine
person cp /usr/share/sockwalk/lessons/01-socket/lesson.md /usr/share/sockwalk/lessons/01-socket/scenario.pkt \
  /home/person/.local/share/sockwalk/lessons/90-mine/
check "a person's own lesson is listed" bash -c "$(declare -f person inside); debian=$debian; person sockwalk samples | grep -q '^lesson   /home/person/.*/90-mine/lesson.md'"

inside apt-get purge -yq sockwalk >/dev/null 2>&1
mapfile -t needed < <(comm -13 <(sort <<<"$packages_before") <(inside dpkg-query -W -f '${Package}\n' | sort))
((${#needed[@]})) && inside apt-get purge -yq "${needed[@]}" >/dev/null 2>&1
left=$(comm -13 <(printf '%s\n' "$before") <(files) | grep -v '^\./home/person' | grep -i sockwalk)
check "nothing of it is left but the person's own files" test -z "$left"
[[ -z $left ]] || say "$left"
check "the person's own files are there" test -f "$debian/home/person/.local/share/sockwalk/lessons/90-mine/lesson.md"
rm -rf "$debian/home/person"
exit $wrong
