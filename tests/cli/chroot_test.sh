#!/usr/bin/env bash
# The package in an empty Debian 12: chroot_test.sh PACKAGE.deb [FOLDER]
# Makes a Debian with debootstrap (in FOLDER, kept for the next time if it is named), installs the package there with apt,
# looks at what a person has of it, and removes it again. Needs root, debootstrap and a Debian mirror
# (DEBIAN_MIRROR, else deb.debian.org). It takes minutes and is no part of tests/run.
set -uo pipefail
package=$(readlink -f "${1:?name the .deb}") || exit 2
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
debian=${2:-$(mktemp -d)}
log=$debian.log
kept=${2:+yes}
wrong=0

inside() {
  chroot "$debian" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/person LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
person() { inside setpriv --reuid 1000 --regid 1000 --clear-groups "$@"; } # somebody without rights
# prints TEXT COMMAND...: the text is in what the command prints.
prints() {
  local text=$1 said
  shift
  said=$("$@" 2>&1)
  [[ $said == *"$text"* ]] || { printf '%s\n' "$said"; return 1; }
}
# check SENTENCE COMMAND...: the sentence holds if the command is well.
check() {
  local sentence=$1 said
  shift
  if said=$("$@" 2>&1); then
    printf 'ok     %s\n' "$sentence"
  else
    printf 'WRONG  %s\n' "$sentence"
    tail -n 15 <<<"$said" | sed 's/^/       /'
    wrong=1
  fi
}
or_stop() { "$@" >"$log" 2>&1 || { tail -n 20 "$log"; exit 1; }; }
# Every file but those of the person, of apt and dpkg themselves, and caches that are made anew.
files() {
  (cd "$debian" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg \
    -o -path ./var/log -o -path ./tmp -o -path ./home \) -prune -o -print | sort)
}
names() { inside dpkg-query -W -f '${Package}\n' | sort; }

if [[ ! -x $debian/usr/bin/apt-get ]]; then
  printf 'making a Debian 12 in %s\n' "$debian"
  or_stop debootstrap --variant=minbase bookworm "$debian" "$mirror"
fi
cp -L /etc/resolv.conf "$debian/etc/resolv.conf"
or_stop inside apt-get update -q
# What any desktop has: menus, types of files, manual pages.
or_stop inside apt-get install -yq --no-install-recommends desktop-file-utils shared-mime-info xdg-utils man-db \
  hicolor-icon-theme libfile-mimeinfo-perl bash-completion
mkdir -p "$debian/home/person"
chown 1000:1000 "$debian/home/person"
cp "$package" "$debian/tmp/sockwalk.deb"
mountpoint -q "$debian/proc" || mount -t proc proc "$debian/proc"
trap 'umount "$debian/proc"; [[ $kept == yes ]] || rm -rf --one-file-system "$debian" "$log"' EXIT

before=$(files) names_before=$(names)
check "apt installs the package and what it needs" inside apt-get install -yq --no-install-recommends /tmp/sockwalk.deb
check "the menu has the program" inside grep -q '^Exec=sockwalk %F' /usr/share/applications/sockwalk.desktop
for kind in application/vnd.tcpdump.pcap application/x-pcapng application/x-sockwalk text/x-packetdrill; do
  check "$kind is opened by it" prints sockwalk.desktop person xdg-mime query default "$kind"
done
share=/usr/share/sockwalk
check "a capture is known by its bytes" prints application/vnd.tcpdump.pcap person mimetype -b -M $share/captures/hello-udp.pcap
check "a script is known by its name" prints text/x-packetdrill person mimetype -b $share/lessons/03-socket/scenario.pkt
# As a desktop opens a file, on a screen that is none: the program that runs on it a little later is ours.
opens() {
  local said
  person env DISPLAY=:0 QT_QPA_PLATFORM=offscreen xdg-open "$1" >"$log" 2>&1 &
  sleep 5
  said=$(person bash -c 'for process in /proc/[0-9]*; do
    tr "\0" "\n" <"$process/cmdline" 2>/dev/null | grep -qx -- "$0" && readlink "$process/exe" && kill "${process#/proc/}"
  done' "$1")
  [[ $said == */usr/bin/sockwalk* ]] && ! grep -q '^sockwalk: ' "$log" || { printf '%s\n' "$said"; cat "$log"; return 1; }
}
check "a capture that is clicked opens" opens $share/captures/hello-udp.pcap
check "the lessons are found" prints "lesson   $share/lessons/26-where-data-waits/lesson.md" person sockwalk samples
check "the socket() walk runs" prints 'inet_create(' person sockwalk print $share/lessons/03-socket/scenario.pkt
check "a picture of the window is drawn" person sockwalk shot $share/captures/hello-udp.pcap --at udp_rcv -o /home/person/a.png
check "the window without a display says so" prints 'there is no display' person sockwalk
check "man sockwalk reads" prints 'walk through the Linux network stack' person man -P cat sockwalk
check "bash completes its commands" prints '<print>' person bash -c '
  source /usr/share/bash-completion/bash_completion; _completion_loader sockwalk
  COMP_WORDS=(sockwalk prin) COMP_CWORD=1; _sockwalk; echo "<${COMPREPLY[*]}>"'
own=/home/person/.local/share/sockwalk/lessons/90-mine
person mkdir -p $own
person cp $share/lessons/03-socket/lesson.md $share/lessons/03-socket/scenario.pkt $own/
check "a person's own lesson is listed" prints "lesson   $own/lesson.md" person sockwalk samples

or_stop inside apt-get purge -yq sockwalk
mapfile -t needed < <(comm -13 <(printf '%s\n' "$names_before") <(names))
((${#needed[@]})) && or_stop inside apt-get purge -yq "${needed[@]}"
nothing_left() {
  local left
  left=$(comm -13 <(printf '%s\n' "$before") <(files))
  printf '%s\n' "$left"
  ! grep -qi sockwalk <<<"$left"
}
check "nothing of it is left but the person's own files" nothing_left
check "the person's own files are there" test -f "$debian$own/lesson.md"
rm -rf "$debian/home/person"
exit $wrong
