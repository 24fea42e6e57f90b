// The Linux of 2.6 (engine/kernel26): which calls it makes, in which order, and what it refuses. Nobody recorded that kernel:
// the measure is its source, and these orders are what it says.
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/memory/pointer32.h"
#include "play.h"

namespace sockwalk::scenario {

namespace {

constexpr const char* Then = "//@era 2.6\n";

using Names = std::vector<std::string>;

Names callsOf(const Journal& j, EventIndex from, EventIndex to, int depth) {
  Names out;
  for (EventIndex i = from; i < to; ++i)
    if (j[i].type == EventType::Call && depthOf(j, i) <= depth) out.emplace_back(j.function(j[i]).name);
  return out;
}

// Of the stimulus with that text; functions deeper than `depth` left out.
Names callsOf(const Session& session, const std::string& stimulus, int depth) {
  const Journal& j = session.journal();
  const auto& all = j.stimuli();
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].text == stimulus)
      return callsOf(j, all[i].event, i + 1 < all.size() ? all[i + 1].event : j.size(), depth);
  return {};
}

Names calleesNamed(const Journal& j, const std::string& function) {
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call || j.function(j[i]).name != function) continue;
    Names out;
    for (EventIndex callee : calleesOf(j, i)) out.emplace_back(j.function(j[callee]).name);
    return out;
  }
  return {};
}

size_t notesNamed(const Journal& j, std::string_view name) {
  size_t count = 0;
  for (EventIndex i = 0; i < j.size(); ++i)
    count += j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == name;
  return count;
}

std::string scenario(const std::string& name) { return std::string(CAPTURES_DIR "/../../tests/scenarios/") + name; }

} // namespace

TEST(Era26, StartsAsTheSourceSays) {
  const auto session = played(std::string(Then) + "0 close(3) = -1 EBADF\n");
  ASSERT_TRUE(session);
  const Journal& j = session->journal();
  EXPECT_EQ(calleesNamed(j, "start_kernel"), (Names{"kmem_cache_init", "vfs_caches_init", "rest_init"}));
  EXPECT_EQ(calleesNamed(j, "rest_init"), Names{"init"});
  EXPECT_EQ(calleesNamed(j, "init"), Names{"do_basic_setup"});
  EXPECT_EQ(calleesNamed(j, "do_basic_setup"), (Names{"sock_init", "do_initcalls"}));
  EXPECT_EQ(calleesNamed(j, "sock_init"),
            (Names{"sk_init", "skb_init", "init_inodecache", "register_filesystem", "kern_mount", "netfilter_init"}));
  EXPECT_EQ(calleesNamed(j, "do_initcalls"), Names{"inet_init"});
  EXPECT_EQ(calleesNamed(j, "inet_init"), (Names{"sk_alloc_slab",
                                                 "sk_alloc_slab",
                                                 "sk_alloc_slab",
                                                 "sock_register",
                                                 "inet_add_protocol",
                                                 "inet_add_protocol",
                                                 "inet_add_protocol",
                                                 "inet_add_protocol",
                                                 "inet_register_protosw",
                                                 "inet_register_protosw",
                                                 "inet_register_protosw",
                                                 "arp_init",
                                                 "ip_init",
                                                 "tcp_v4_init",
                                                 "tcp_init",
                                                 "icmp_init",
                                                 "ip_mr_init",
                                                 "init_ipv4_mibs",
                                                 "ipv4_proc_init",
                                                 "ipfrag_init"}));
  const auto caches = j.caches();
  for (const char* name : {"tcp_sock", "udp_sock", "raw_sock", "sock", "sock_inode_cache", "dentry_cache", "size-32"})
    EXPECT_TRUE(std::ranges::any_of(caches, [&](const CacheInfo& c) { return c.name == name; })) << name;
}

TEST(Era26, MakesASocketThroughTheOneCallForAll) {
  const auto session = played(std::string(Then) + "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  EXPECT_EQ(callsOf(*session, "socket(AF_INET, SOCK_STREAM, 0)", 3),
            (Names{"sys_socketcall", "sys_socket", "sock_create", "__sock_create", "sock_map_fd", "get_unused_fd",
                   "get_empty_filp", "d_alloc", "d_add", "mntget", "fd_install"}));
  const Journal& j = session->journal();
  EXPECT_EQ(calleesNamed(j, "__sock_create"),
            (Names{"security_socket_create", "net_family_read_lock", "sock_alloc", "try_module_get", "inet_create",
                   "try_module_get", "module_put", "security_socket_post_create", "net_family_read_unlock"}));
  EXPECT_EQ(calleesNamed(j, "inet_create"), (Names{"sk_alloc", "sock_init_data", "sk_set_owner", "tcp_v4_init_sock"}));
  EXPECT_EQ(calleesNamed(j, "sock_alloc"), Names{"new_inode"});
}

TEST(Era26, ClosesItWithinTheCall) {
  const auto session = played(std::string(Then) + "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n");
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  const Journal& j = session->journal();
  EXPECT_EQ(callsOf(*session, "close(3)", 3), (Names{"sys_close", "filp_close", "fput", "__fput"}));
  EXPECT_EQ(calleesNamed(j, "__fput"), (Names{"sock_close", "security_file_free", "file_free", "dput", "mntput"}));
  EXPECT_EQ(calleesNamed(j, "sock_release"), (Names{"inet_release", "module_put"}));
  EXPECT_EQ(calleesNamed(j, "tcp_close"),
            (Names{"lock_sock", "release_sock", "sock_orphan", "tcp_destroy_sock", "sock_put"}));
  const auto lives = session->machine().slab().census();
  for (const char* gone : {"tcp_sock"}) EXPECT_EQ(lives.count(gone), 0u) << gone;
  EXPECT_EQ(lives.at("sock_inode_cache"), 1u) << "the root of sockfs";
}

TEST(Era26, PlaysItsScenarios) {
  for (const char* name : {"era26_create.pkt", "era26_errors.pkt"}) {
    const auto session = openedFile(scenario(name));
    ASSERT_TRUE(session) << name;
    session->runAll();
    EXPECT_EQ(failuresOf(*session), "") << name;
  }
}

TEST(Era26, WarnsOfOldPacketSocketsOnce) {
  const auto session = openedFile(scenario("era26_errors.pkt"));
  ASSERT_TRUE(session);
  session->runAll();
  EXPECT_EQ(notesNamed(session->journal(), "then.obsolete_packet"), 1u);
}

// No structure of 6.1 lives on a machine of 2.6, none of its functions is called, and a pointer is the address of then.
TEST(Era26, IsAKernelOfItsOwn) {
  const auto session = openedFile(scenario("era26_create.pkt"));
  ASSERT_TRUE(session);
  session->runAll();
  const Journal& j = session->journal();
  for (const Allocation& a : j.allocations()) {
    const LayoutInfo* layout = layoutOf(a.type);
    EXPECT_TRUE(!layout || eraOfStructure(layout->name) == Era::Linux26) << layout->name;
  }
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call) continue;
    const FunctionInfo& f = j.function(j[i]);
    ASSERT_EQ(f.era(), Era::Linux26) << f.name;
    for (std::string_view type : f.argumentTypes)
      EXPECT_TRUE(type.empty() || eraOfStructure(type) == Era::Linux26) << f.name << ' ' << type;
  }
}

TEST(Era26, HasTheAddressesOfThen) {
  EXPECT_EQ(Address32::ofOffset(0x01002000), 0xc1002000u);
  EXPECT_EQ(Address32::ofOffset(Arena::UserBegin + 0x1000), 0x08001000u);
  for (u32 offset : {0x01002000u, 0x2ffff000u, 0x30000000u, Arena::TextBegin + 0x40, Arena::DataBegin + 0x80,
                     Arena::UserBegin + 0x1000})
    EXPECT_EQ(Address32::offsetOf(Address32::ofOffset(offset)), offset);
  EXPECT_LT(Symbols::get().dataEnd() - Arena::DataBegin, Address32::Direct - Address32::Data);
  EXPECT_EQ(Address32::wide(0), 0u);
}

TEST(Era26, RefusesWhatIsNotThere) {
  EXPECT_NE(failures(std::string(Then) + "0 connect(3, ..., ...) = 0\n")
                .find("the Linux of 2.6 is here only as far as sockets are made"),
            std::string::npos);
  EXPECT_NE(failures(std::string(Then) + "0 < S 0:0(0) win 100\n").find("it has no packets"), std::string::npos);
  EXPECT_NE(failures(std::string(Then) + "0 `ip link set lo up`\n0 close(3) = -1 EBADF\n").find("commands"),
            std::string::npos);
}

} // namespace sockwalk::scenario
