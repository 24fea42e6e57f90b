// A filter is run: two registers, A and X, sixteen words of memory M, and the packet, which can only be read.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

namespace {

// One packet's way through a program that was checked: no code is unknown, no jump leaves it.
class Run {
public:
  Run(const sock_filter* program, const sk_buff* skb) : m_program(program), m_skb(skb) {}
  u32 toItsEnd() {
    while (!m_over) {
      const sock_filter& f = m_program[m_next];
      m_at = m_next++;
      step(f);
    }
    return m_answer;
  }

private:
  void step(const sock_filter& f) {
    switch (BPF_CLASS(f.code)) {
    case BPF_LD: return load(f);
    case BPF_LDX: return loadIndex(f);
    case BPF_ST: return store(f, m_a);
    case BPF_STX: return store(f, m_x);
    case BPF_ALU: return compute(f);
    case BPF_JMP: return jump(f);
    case BPF_RET: return finish(f, f.code == (BPF_RET | BPF_A) ? m_a : f.k);
    default: return f.code == (BPF_MISC | BPF_TAX) ? changed(f, m_x, m_a) : changed(f, m_a, m_x);
    }
  }

  void changed(const sock_filter& f, u32& reg, u32 value) {
    reg = value;
    NOTE("filter.step", m_at, instructionBits(f), m_a, m_x);
  }
  void finish(const sock_filter& f, u32 answer) {
    NOTE("filter.returned", m_at, instructionBits(f), answer);
    end(answer);
  }
  void end(u32 answer) {
    m_over = true;
    m_answer = answer;
  }

  // ---- loads
  // Where an offset lies, counted from the packet's data. Below zero it is counted from the network or the link header,
  // wherever these are, and leads to the linear part only. False: from nothing.
  bool placeOf(s64& offset) const {
    if (offset >= 0) return true;
    if (offset >= SKF_NET_OFF) offset += skb_network_offset(m_skb) - s64{SKF_NET_OFF};
    else if (offset >= SKF_LL_OFF && skb_mac_header_was_set(m_skb)) offset += skb_mac_offset(m_skb) - s64{SKF_LL_OFF};
    else return false;
    return true;
  }
  // Bytes of the packet as a number, the first one the highest. False: they are not all there, and the run is over.
  bool fetch(const sock_filter& f, s32 asked, u32 size, u32& value) {
    s64 offset = asked;
    u8 bytes[4] = {};
    const bool inLinearPart = placeOf(offset) && offset + size <= s64(skb_headlen(m_skb));
    if (inLinearPart) std::memcpy(bytes, m_skb->data + offset, size);
    const bool there = inLinearPart || (asked >= 0 && !skb_copy_bits(m_skb, asked, bytes, int(size)));
    if (!there) {
      NOTE("filter.outside", m_at, instructionBits(f), s64{asked}, m_skb->len);
      end(0);
      return false;
    }
    value = 0;
    for (u32 i = 0; i < size; ++i) value = value << 8 | bytes[i];
    return true;
  }
  static u32 bytesOf(u16 code) { return BPF_SIZE(code) == BPF_W ? 4 : BPF_SIZE(code) == BPF_H ? 2 : 1; }

  void load(const sock_filter& f) {
    const auto k = static_cast<s32>(f.k);
    u32 value = 0;
    switch (BPF_MODE(f.code)) {
    case BPF_IMM: value = f.k; break;
    case BPF_MEM: value = m_words[f.k]; break;
    case BPF_LEN: value = m_skb->len; break;
    case BPF_IND:
      if (!fetch(f, static_cast<s32>(m_x + f.k), bytesOf(f.code), value)) return;
      break;
    default:
      if (k < 0 && k >= SKF_AD_OFF) return ancillary(f, k - SKF_AD_OFF);
      if (!fetch(f, k, bytesOf(f.code), value)) return;
    }
    changed(f, m_a, value);
  }
  void loadIndex(const sock_filter& f) {
    u32 value = f.k;
    const u16 mode = BPF_MODE(f.code);
    if (mode == BPF_MEM) value = m_words[f.k];
    else if (mode == BPF_LEN) value = m_skb->len;
    else if (mode == BPF_MSH) { // an IP header says in this half byte how many words of four bytes it has
      if (!fetch(f, static_cast<s32>(f.k), 1, value)) return;
      value = (value & 15) * 4;
    }
    changed(f, m_x, value);
  }

  // What the kernel knows of the packet, and what is not in it.
  void ancillary(const sock_filter& f, s32 what) {
    const net_device* dev = m_skb->dev;
    const bool ofDevice = what == SKF_AD_IFINDEX || what == SKF_AD_HATYPE;
    if (ofDevice && !dev) return finish(f, m_a);
    changed(f, m_a, what == SKF_AD_ALU_XOR_X ? m_a ^ m_x : known(what, dev));
  }
  u32 known(s32 what, const net_device* dev) const {
    switch (what) {
    case SKF_AD_PROTOCOL: return ntohs(m_skb->protocol);
    case SKF_AD_PKTTYPE: return m_skb->pkt_type;
    case SKF_AD_IFINDEX: return static_cast<u32>(dev->ifindex);
    case SKF_AD_HATYPE: return dev->type;
    case SKF_AD_MARK: return m_skb->mark;
    case SKF_AD_QUEUE: return m_skb->queue_mapping;
    case SKF_AD_RXHASH: return m_skb->hash;
    case SKF_AD_VLAN_TAG: return m_skb->vlan_tci;
    case SKF_AD_VLAN_TAG_PRESENT: return m_skb->vlan_present;
    case SKF_AD_VLAN_TPID: return ntohs(m_skb->vlan_proto);
    case SKF_AD_RANDOM: return static_cast<u32>(machine().random());
    default: return 0; // SKF_AD_CPU: there is one processor
    }
  }

  // ---- the rest
  void store(const sock_filter& f, u32 value) {
    m_words[f.k] = value;
    NOTE("filter.stored", m_at, instructionBits(f), f.k, value);
  }
  void compute(const sock_filter& f) {
    const u32 by = BPF_SRC(f.code) == BPF_X ? m_x : f.k;
    const u16 op = BPF_OP(f.code);
    if (!by && (op == BPF_DIV || op == BPF_MOD)) {
      NOTE("filter.divided_by_zero", m_at, instructionBits(f));
      return end(0);
    }
    changed(f, m_a, computed(op, m_a, by));
  }
  static u32 computed(u16 op, u32 a, u32 by) {
    switch (op) {
    case BPF_ADD: return a + by;
    case BPF_SUB: return a - by;
    case BPF_MUL: return a * by;
    case BPF_DIV: return a / by;
    case BPF_MOD: return a % by;
    case BPF_OR: return a | by;
    case BPF_AND: return a & by;
    case BPF_XOR: return a ^ by;
    case BPF_LSH: return a << (by & 31);
    case BPF_RSH: return a >> (by & 31);
    default: return 0 - a; // BPF_NEG
    }
  }
  void jump(const sock_filter& f) {
    const u32 by = BPF_SRC(f.code) == BPF_X ? m_x : f.k;
    if (f.code == (BPF_JMP | BPF_JA)) {
      m_next += f.k;
      NOTE("filter.jump_always", m_at, instructionBits(f), m_next);
      return;
    }
    const u16 op = BPF_OP(f.code);
    const bool yes = op == BPF_JEQ ? m_a == by : op == BPF_JGT ? m_a > by : op == BPF_JGE ? m_a >= by : m_a & by;
    m_next += yes ? f.jt : f.jf;
    NOTE("filter.jump", m_at, instructionBits(f), m_a, m_next, yes);
  }

  const sock_filter* m_program;
  const sk_buff* m_skb;
  u32 m_a = 0, m_x = 0, m_words[BPF_MEMWORDS] = {};
  u32 m_at = 0, m_next = 0, m_answer = 0;
  bool m_over = false;
};

} // namespace

static u32 bpf_prog_run(const bpf_prog* prog, const sk_buff* skb) {
  KFUNC(bpf_prog_run, prog, skb); // a trace sees nothing of what the machine code that the kernel makes of it calls
  NOTE("filter.begins", prog, skb, skb->len);
  return call.result(Run(prog->insns, skb).toItsEnd());
}

static void migrate_disable() { KFUNC(migrate_disable); } // a program is run on one processor from end to end
static void migrate_enable() { KFUNC(migrate_enable); }

u32 bpf_prog_run_pin_on_cpu(const bpf_prog* prog, const sk_buff* skb) {
  migrate_disable();
  const u32 wanted = bpf_prog_run(prog, skb);
  migrate_enable();
  return wanted;
}

} // namespace sockwalk::kernel
