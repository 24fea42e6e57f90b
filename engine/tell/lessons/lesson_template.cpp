#include "engine/tell/lessons/lesson_template.h"
#include "engine/base/whole_file.h"
#include <filesystem>

namespace sockwalk::tell {

namespace {

constexpr const char* Scenario = R"(// One TCP socket is made and closed again.
//@case make
0 socket(AF_INET, SOCK_STREAM, 0) = 3
//@case close
+.1 close(3) = 0
)";

constexpr const char* Solution = R"(//@case refused
0 socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) = -1 EPROTONOSUPPORT (Protocol not supported)
)";

constexpr const char* English = R"(---
title: My lesson
scenario: scenario.pkt
minutes: 5
level: beginner
goals:
  - Say which protocol a stream socket gets.
summary: A socket and a sock are two objects.
---
# A program asks for a socket
```stop
at: stimulus make
view: call-path
```
A stop's words are Markdown. What stands between two braces the engine says: a `struct sock` has
{{sizeof(struct sock)}} bytes, whatever this text believes.

```predict
ask: Which number will socket() return?
answer: result make
because: The lowest descriptor that is free is taken.
hint: 0, 1 and 2 are standard input, output and error.
tries: 2
```

# Which protocol?
```stop
at: note inetsw.match
view: [call-path, source]
focus: socket_alloc
point: member socket_alloc.socket.ops
```
The program passed 0 as its protocol, which means whatever is usual.

```predict
ask: Which struct proto will sk->sk_prot point at?
choices: [tcp_prot, udp_prot, raw_prot]
answer: tcp_sock.sk_prot
when: return sk_alloc
wrong:
  udp_prot: That is the entry for SOCK_DGRAM.
because: TCP is the entry of the list for SOCK_STREAM.
```

# Try it
```stop
at: end close
view: objects
```
Everything has been given back.

```lab
task: Write a script in which socket() is refused because of its third argument.
goal: count(sock_alloc) >= 1 && count(sk_alloc) == 0
solution: solution.pkt
hint: SOCK_STREAM and IPPROTO_UDP do not go together.
```
)";

constexpr const char* Chinese = R"(---
title: 我的课程
goals:
  - 说出流式套接字使用哪个协议。
summary: socket 与 sock 是两个对象。
---
# 程序请求一个套接字
```stop
```
每一站的文字用 Markdown 书写。双花括号里的内容由引擎给出：`struct sock` 有 {{sizeof(struct sock)}} 字节。

```predict
ask: socket() 会返回哪个数？
because: 取最小的空闲描述符。
hint: 0、1、2 是标准输入、输出和错误输出。
```

# 哪个协议？
```stop
```
程序传入的协议号为 0，意思是“按惯例选择”。

```predict
ask: sk->sk_prot 会指向哪个 struct proto？
wrong:
  udp_prot: 那是 SOCK_DGRAM 的条目。
because: TCP 是 SOCK_STREAM 链表中的条目。
```

# 试一试
```stop
```
一切都已归还。

```lab
task: 写一个脚本，使 socket() 因第三个参数而被拒绝。
hint: SOCK_STREAM 与 IPPROTO_UDP 不能搭配。
```
)";

} // namespace

std::vector<NewFile> lessonTemplate() {
  return {{"lesson.md", English}, {"lesson.zh.md", Chinese}, {"scenario.pkt", Scenario}, {"solution.pkt", Solution}};
}

Result<void> writeNewLesson(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  for (const NewFile& file : lessonTemplate())
    if (fs::exists(fs::path(folder) / file.name, error))
      return Error{(fs::path(folder) / file.name).string() + ": it is there already, and is left as it is"};
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error)) return Error{folder + ": the folder cannot be made"};
  for (const NewFile& file : lessonTemplate())
    if (auto written = writeWholeFile(fs::path(folder) / file.name, file.text); !written) return written;
  return {};
}

} // namespace sockwalk::tell
