#!/bin/sh
# Makes the captures of this folder anew: real traffic of the running Linux kernel between two network
# namespaces joined by a veth pair, captured on the end of 10.9.0.2; those that tell a story are made by stories.py.
# Needs root, iproute2, ethtool, ping, python3, tcpdump, tshark and editcap; without them it says so and changes nothing.
#   make.sh [OUTPUT-DIRECTORY]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here}

skip() { echo "make.sh: skipped: $1" >&2; exit 0; }
[ "$(id -u)" = 0 ] || skip "network namespaces need root"
for tool in ip ethtool ping python3 tcpdump tshark editcap; do
  command -v $tool >/dev/null || skip "$tool is not installed"
done

a=swcap-a-$$ b=swcap-b-$$
work=$(mktemp -d)
ip netns add $a || skip "cannot make a network namespace here"
pids=
cleanup() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  ip netns del $a 2>/dev/null || true
  ip netns del $b 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add $b

in_a() { ip netns exec $a "$@"; }
in_b() { ip netns exec $b "$@"; }
wait_for() { # FILE TEXT
  tries=0
  until grep -q "$2" "$1" 2>/dev/null; do
    tries=$((tries + 1)); [ $tries -lt 100 ] || { echo "make.sh: no '$2' in $1" >&2; cat "$1" >&2; exit 1; }
    sleep 0.1
  done
}

# IPv6 would add its own chatter to the file.
in_a sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1
in_b sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1
in_a ip link add veth-a address 02:00:0a:09:00:01 type veth peer name veth-b address 02:00:0a:09:00:02 netns $b
in_a ip addr add 10.9.0.1/24 dev veth-a
in_b ip addr add 10.9.0.2/24 dev veth-b
# Checksums are then made in software, and segments have the size they have on a wire.
in_a ethtool -K veth-a tx off tso off gso off gro off >/dev/null
in_b ethtool -K veth-b tx off tso off gso off gro off >/dev/null
in_a ip link set lo up; in_a ip link set veth-a up
in_b ip link set lo up; in_b ip link set veth-b up

capture() { # NAME: the conversation of that name becomes NAME.pcap
  in_a ip neigh flush dev veth-a
  in_b ip neigh flush dev veth-b
  # Not through in_b: $! must be the program itself. TERM, since the shell lets children in the background ignore INT.
  ip netns exec $b tcpdump -q -i veth-b -s 0 -Z root -w "$work/$1.pcap" 2>"$work/tcpdump.txt" & dump=$!
  ip netns exec $b python3 "$here/traffic.py" serve "$work/$1.log" >"$work/serve.txt" & server=$!
  pids="$dump $server"
  wait_for "$work/tcpdump.txt" "listening on"
  wait_for "$work/serve.txt" ready
  in_a python3 "$here/traffic.py" talk "$1"
  if [ "$1" = two-hosts ]; then
    ip netns exec $a python3 "$here/traffic.py" answer >"$work/answer.txt" & pids="$pids $!"
    wait_for "$work/answer.txt" ready
    in_b python3 "$here/traffic.py" ask >>"$work/$1.log"
  fi
  sleep 1
  kill $dump; wait $dump
  kill $server; wait $server 2>/dev/null || true
  pids=
  python3 "$here/traffic.py" tsv "$work/$1.pcap" "$work/$1.log" >"$work/$1.udp.tsv"
}

capture hello-udp
capture two-hosts
editcap -F pcapng "$work/hello-udp.pcap" "$work/hello-udp.pcapng"
mkdir "$work/stories"
python3 "$here/stories.py" "$work/stories"
cp "$work"/stories/*.pcapng "$out/"
cp "$work/hello-udp.pcap" "$work/hello-udp.pcapng" "$work/two-hosts.pcap" \
   "$work/hello-udp.udp.tsv" "$work/two-hosts.udp.tsv" "$out/"
# The lesson that goes through one of them has its own copy, since lessons are whole without the samples; its test says
# where the frames have other numbers now.
[ "$out" != "$here" ] || cp "$out/lost-segment.pcapng" "$here/../../lessons/37-a-capture-relived/"
chmod 644 "$out"/*.pcap "$out"/*.pcapng "$out"/*.tsv
ls -l "$out"
