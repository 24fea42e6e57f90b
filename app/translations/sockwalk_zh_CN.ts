<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Application</name>
    <message>
        <source>There is not enough memory.</source>
        <translation>内存不够了。</translation>
    </message>
</context>
<context>
    <name>BookmarkEdits</name>
    <message>
        <source>bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>note of a bookmark</source>
        <translation>书签的批注</translation>
    </message>
    <message>
        <source>removal of a bookmark</source>
        <translation>删除书签</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Accept queue overflow</source>
        <translation>全连接队列溢出</translation>
    </message>
    <message>
        <source>Clients time out now and then, and the server&apos;s program sees nothing.</source>
        <translation>客户端时不时超时，服务器上的程序却什么也没看到。</translation>
    </message>
    <message>
        <source>The third client&apos;s SYN has reached the server&apos;s kernel, and ends in tcp_conn_request(): two connections wait for accept() already, and listen(3, 1) allows no more. Nobody is told; only a counter of the kernel&apos;s grows (ListenOverflows in nstat). The remedy is a program that accepts faster, or a longer queue: listen() and net.core.somaxconn.</source>
        <translation>第三个客户端的 SYN 已经到了服务器的内核，却止于 tcp_conn_request()：已有两个连接在等 accept()，而 listen(3, 1) 不许再多。谁也没有得到通知，只有内核的一个计数加一（nstat 里的 ListenOverflows）。解决办法：程序更快地 accept，或者把队列加长——listen() 的参数和 net.core.somaxconn 都要够大。</translation>
    </message>
    <message>
        <source>The client has sent its SYN again, in vain, and gives up: its program gets ETIMEDOUT. The server&apos;s program was never woken.</source>
        <translation>客户端重发了 SYN，仍无回音，只好放弃：程序得到 ETIMEDOUT。服务器上的程序从头到尾没有被唤醒过。</translation>
    </message>
    <message>
        <source>ARP flux</source>
        <translation>ARP flux（ARP 应答错位）</translation>
    </message>
    <message>
        <source>The server has two cards in one network, and what is meant for the second all comes in by the first.</source>
        <translation>服务器有两块网卡接在同一个网络里，发给第二块的数据却全从第一块进来。</translation>
    </message>
    <message>
        <source>The question is for 10.9.1.3, which is the second card&apos;s address, and came to the first: arp_ignore is 0, so all that counts is that the host has the address. To Linux an address belongs to the host, not to a card.</source>
        <translation>问的是 10.9.1.3，那是第二块网卡的地址，请求却到了第一块网卡。arp_ignore 为 0，只要这个地址属于本机就算数：在 Linux 看来，地址属于主机，不属于某块网卡。</translation>
    </message>
    <message>
        <source>And so the first card answers, with its own hardware address. From now on the client sends there. The remedy is arp_ignore=1 on the server, with arp_announce=2, or one network for each card.</source>
        <translation>于是第一块网卡用自己的硬件地址作了应答，从此客户端都往这里发。解决办法：在服务器上设 arp_ignore=1 和 arp_announce=2，或者让每块网卡各在一个网络里。</translation>
    </message>
    <message>
        <source>Challenge ACK</source>
        <translation>Challenge ACK</translation>
    </message>
    <message>
        <source>The client&apos;s machine crashed, and its first attempt to connect again, from the same port, hangs for a second.</source>
        <translation>客户端的机器崩溃后重启，从原来的端口重新连接，第一次总要卡上一秒。</translation>
    </message>
    <message>
        <source>The SYN is for a connection that this kernel thinks alive. It might be forged, so it does not end the connection (RFC 5961): tcp_validate_incoming() answers with a challenge ACK, and the SYN is dropped with the reason TCP_INVALID_SYN.</source>
        <translation>在这个内核看来，SYN 所指的连接还活着。SYN 可能是伪造的，所以不能凭它结束连接（RFC 5961）：tcp_validate_incoming() 回一个 challenge ACK，SYN 则被丢弃，原因是 TCP_INVALID_SYN。</translation>
    </message>
    <message>
        <source>The rebooted client knows of no such connection, and answers the challenge with a RST of exactly the right sequence number. That is believed: the old connection is gone, and when the client sends its SYN again, a second later, it is answered.</source>
        <translation>重启过的客户端不认识这个连接，便用 RST 回应，序号分毫不差。这个 RST 可信：旧连接就此结束；一秒后客户端重发 SYN，就有人应答了。</translation>
    </message>
    <message>
        <source>Close with unread data</source>
        <translation>关闭时还有数据没读</translation>
    </message>
    <message>
        <source>The server logs a whole answer, and clients get half of it and &quot;connection reset by peer&quot;.</source>
        <translation>服务器的日志说应答已全部写出，客户端却只收到一半，接着就是“connection reset by peer”。</translation>
    </message>
    <message>
        <source>tcp_close() finds bytes in the receive queue that the program has not read. So the connection ends with a RST and not with a FIN, to let the peer know (RFC 2525, section 2.17), and what still waited in the send queue is thrown away.</source>
        <translation>tcp_close() 发现接收队列里还有程序没读的数据。所以连接不以 FIN 而以 RST 结束，好让对端知道（RFC 2525 第 2.17 节）；发送队列里还没发出去的也一并扔掉了。</translation>
    </message>
    <message>
        <source>The RST reaches the client, whose kernel gives up the connection: the program gets ECONNRESET in place of the rest. The remedy is to read to the end, or shutdown(SHUT_WR) and read on until the peer&apos;s FIN.</source>
        <translation>RST 到了客户端，内核结束连接：剩下的一半收不到了，程序得到 ECONNRESET。解决办法：先把请求读完；或者先 shutdown(SHUT_WR)，再一直读到对端的 FIN。</translation>
    </message>
    <message>
        <source>TCP_DEFER_ACCEPT</source>
        <translation>TCP_DEFER_ACCEPT</translation>
    </message>
    <message>
        <source>Clients are connected at once, but the server&apos;s greeting comes only seconds later.</source>
        <translation>客户端马上就连上了，服务器的欢迎语却要过好几秒才来。</translation>
    </message>
    <message>
        <source>The handshake&apos;s last segment is here, and tcp_check_req() drops it: the listener has TCP_DEFER_ACCEPT, so its program is not woken before the first data. In a protocol in which the server speaks first there are none, and the client, which thinks that it is connected, waits.</source>
        <translation>三次握手的最后一个报文段到了，tcp_check_req() 却把它丢弃：监听套接字设了 TCP_DEFER_ACCEPT，要等第一批数据来了才唤醒程序。服务器先说话的协议里没有这样的数据，而客户端以为已经连上，也在等。</translation>
    </message>
    <message>
        <source>Only when that time is over, the SYN-ACK is sent once more, and this time a bare ACK is enough. The remedy is to leave the option to protocols in which the client speaks first.</source>
        <translation>要等到时间用完，SYN-ACK 再发一次，这回不带数据的 ACK 就够了。解决办法：只在客户端先说话的协议里用这个选项。</translation>
    </message>
    <message>
        <source>Ephemeral ports used up</source>
        <translation>临时端口用完了</translation>
    </message>
    <message>
        <source>The proxy cannot reach its backend (&quot;cannot assign requested address&quot;), and everybody else can.</source>
        <translation>代理连不上它的后端（“cannot assign requested address”），别的机器都连得上。</translation>
    </message>
    <message>
        <source>Two addresses and two ports tell a connection from all others, and three of the four are fixed here: only the proxy&apos;s port can differ. __inet_hash_connect() has tried every port of net.ipv4.ip_local_port_range, and each is taken for this destination: EADDRNOTAVAIL, and not one packet was sent.</source>
        <translation>一个连接靠两个地址、两个端口与别的连接区分，这里四样有三样是固定的，能变的只有代理自己的端口。__inet_hash_connect() 试遍了 net.ipv4.ip_local_port_range 里的端口，去这个目的地的都已占用：返回 EADDRNOTAVAIL，一个包也没有发。</translation>
    </message>
    <message>
        <source>To another port of the backend the same two ports serve once more. The remedy is to keep connections open and use them again, a wider range, or more addresses on either side.</source>
        <translation>连后端的另一个端口时，同样这两个端口又能用了。解决办法：保持连接、重复使用，放宽端口范围，或者给任意一端多配几个地址。</translation>
    </message>
    <message>
        <source>Duplicate descriptor in epoll</source>
        <translation>epoll 里的重复描述符</translation>
    </message>
    <message>
        <source>The server eats a whole processor in epoll_wait(), which keeps reporting a descriptor that was closed long ago.</source>
        <translation>服务器在 epoll_wait() 上占满一个处理器，报告的总是一个早就关掉的描述符。</translation>
    </message>
    <message>
        <source>close(3) takes descriptor 3 from the task&apos;s table, and drops one reference to the open file. The duplicate holds another, so the file stays open, and nobody tells epoll: it watches files, not descriptors, until their last reference goes.</source>
        <translation>close(3) 把描述符 3 从任务的描述符表里去掉，打开的文件少了一个引用。复制出来的描述符还持有一个引用，所以文件没有关闭，也没有谁通知 epoll：它监视的是文件，不是描述符，直到最后一个引用消失。</translation>
    </message>
    <message>
        <source>A datagram arrives for the file, and its epoll item goes on the ready list. What epoll_wait() will report is the number that the program gave when it added the item: 3.</source>
        <translation>数据到了，文件对应的 epoll 项进了就绪链表。epoll_wait() 将要报告的，是程序添加时给的那个数：3。</translation>
    </message>
    <message>
        <source>To take the item out, the program would have to name the file by descriptor 3, and that one is gone: EBADF. The remedy is EPOLL_CTL_DEL before close(), and no stray duplicates (SOCK_CLOEXEC where there are children).</source>
        <translation>要去掉这一项，程序得用描述符 3 来指出那个文件，而 3 已经没有了：EBADF。解决办法：先 EPOLL_CTL_DEL 再 close()，并且不要留下多余的副本（有子进程时用 SOCK_CLOEXEC）。</translation>
    </message>
    <message>
        <source>FIN_WAIT_2</source>
        <translation>FIN_WAIT_2</translation>
    </message>
    <message>
        <source>Clients have long gone, the server still counts their connections in CLOSE_WAIT, and one day it has no descriptors left.</source>
        <translation>客户端早已离开，服务器上它们的连接却一直停在 CLOSE_WAIT，终有一天描述符用光。</translation>
    </message>
    <message>
        <source>The client&apos;s FIN has arrived. The server&apos;s kernel acknowledges it, which is all that it can do alone: the connection stays in CLOSE_WAIT until the server&apos;s program calls close(), and it never does.</source>
        <translation>客户端的 FIN 到了。服务器的内核确认了它，能独自做的只有这些：连接就停在 CLOSE_WAIT，直到服务器的程序调用 close()，而它从来不调用。</translation>
    </message>
    <message>
        <source>The client&apos;s end waits in FIN_WAIT_2 for the server&apos;s FIN, and no program holds it any more. Its kernel does not wait for ever: after net.ipv4.tcp_fin_timeout, 60 seconds, it is gone, without a word on the wire.</source>
        <translation>客户端这一头停在 FIN_WAIT_2，等服务器的 FIN，已经没有程序持有它。它的内核不会一直等下去：过了 net.ipv4.tcp_fin_timeout（60 秒），它就不声不响地消失，线路上什么也看不到。</translation>
    </message>
    <message>
        <source>When the server&apos;s program writes at last, nobody has the connection any more: the client&apos;s kernel answers with a RST.</source>
        <translation>服务器的程序终于又写了，可是对面已经没有谁认得这个连接：客户端的内核回一个 RST。</translation>
    </message>
    <message>
        <source>Path MTU black hole</source>
        <translation>路径 MTU 黑洞</translation>
    </message>
    <message>
        <source>Logging in works, and the first long answer hangs for ever.</source>
        <translation>登录一切正常，第一次输出长一点就永远卡住。</translation>
    </message>
    <message>
        <source>The answer&apos;s packets are 1500 bytes long, must not be cut up (DF), and the next link takes 1000: the router drops them, and tells the server so by ICMP. Path MTU discovery lives on that message.</source>
        <translation>应答的包有 1500 字节，不许分片（DF），而下一段链路只容 1000：路由器把包丢弃，并用 ICMP 告诉服务器。路径 MTU 发现全靠这条消息。</translation>
    </message>
    <message>
        <source>The message has reached the server, and a rule of its own firewall drops it, with the reason NETFILTER_DROP: there it dies. TCP never learns that its segments are too long, and sends them again as they were.</source>
        <translation>消息到了服务器，却被它自己的一条防火墙规则丢弃，原因是 NETFILTER_DROP：就断在这里。TCP 始终不知道报文段太长，只会照原样重传。</translation>
    </message>
    <message>
        <source>The rule is gone, and the next message gets through: TCP makes smaller segments, and the answer arrives.</source>
        <translation>规则没有了，下一条消息通过：TCP 改用小一些的报文段，应答也就到了。</translation>
    </message>
    <message>
        <source>SO_REUSEPORT close</source>
        <translation>关闭 SO_REUSEPORT 的监听套接字</translation>
    </message>
    <message>
        <source>At each restart of one worker some clients get &quot;connection reset by peer&quot;, though the other workers run on.</source>
        <translation>每次重启一个工作进程，总有几个客户端遇到“connection reset by peer”，尽管其余的工作进程都在运行。</translation>
    </message>
    <message>
        <source>Each worker has a listener of its own on port 8080, with a queue of its own, and a hash over addresses and ports has chosen one of them for this client.</source>
        <translation>每个工作进程在端口 8080 上都有自己的监听套接字和自己的队列，内核按地址和端口算散列值，为这个客户端选了其中一个。</translation>
    </message>
    <message>
        <source>The worker closes its listener while the client&apos;s connection waits there for accept(). No other worker can take it: inet_csk_listen_stop() ends it, and the client gets a RST. The remedy is to accept all that waits before close(), or net.ipv4.tcp_migrate_req, which hands it to another listener.</source>
        <translation>工作进程关闭监听套接字时，客户端的连接还在那里等 accept()，别的工作进程又接不了：inet_csk_listen_stop() 把它结束，客户端收到 RST。解决办法：先把等着的都 accept 完，再 close()；或者打开 net.ipv4.tcp_migrate_req，让它转到另一个监听套接字去。</translation>
    </message>
    <message>
        <source>Reverse path filter</source>
        <translation>反向路径过滤</translation>
    </message>
    <message>
        <source>tcpdump shows the requests arrive, no rule forbids them, and the server&apos;s program gets none of them.</source>
        <translation>tcpdump 看得到请求到达，没有哪条规则拦它，服务器的程序却一个也没收到。</translation>
    </message>
    <message>
        <source>The packet is fine, and came by the card at which the server does not expect its sender: an answer to 10.9.1.1 would leave by the other one. rp_filter is 1 (strict) on this card, so __fib_validate_source() says no, and ip_rcv_finish_core() drops it with the reason IP_RPFILTER.</source>
        <translation>包本身没有问题，只是来自服务器意料之外的网卡：给 10.9.1.1 的应答会从另一块网卡出去。这块网卡的 rp_filter 是 1（严格），所以 __fib_validate_source() 不放行，ip_rcv_finish_core() 把包丢弃，原因是 IP_RPFILTER。</translation>
    </message>
    <message>
        <source>Self-connect</source>
        <translation>自己连上了自己</translation>
    </message>
    <message>
        <source>The service is down, yet its client gets connected, reads back its own words, and now the service cannot start.</source>
        <translation>服务明明停了，客户端却连上了，读回来的是自己写的话，服务反倒启动不了。</translation>
    </message>
    <message>
        <source>The port that connect() was given by chance is the very port that it wants to reach. So the SYN looks for a socket with these two ends, and finds the one that has sent it.</source>
        <translation>connect() 碰巧分到的端口，正是它要去的端口。于是 SYN 查找两端都对得上的套接字，找到的就是发出它的那一个。</translation>
    </message>
    <message>
        <source>To a socket in SYN_SENT a SYN is no error but a simultaneous open (RFC 9293, section 3.5): tcp_rcv_synsent_state_process() goes on, and the socket shakes hands with itself. The remedy is a service port outside of net.ipv4.ip_local_port_range, or to compare getsockname() with getpeername().</source>
        <translation>对处于 SYN_SENT 的套接字来说，收到 SYN 不是错误，而是同时打开（RFC 9293 第 3.5 节）：tcp_rcv_synsent_state_process() 继续往下做，套接字和自己握了手。解决办法：服务的端口不要落在 net.ipv4.ip_local_port_range 里，或者比较 getsockname() 和 getpeername() 的结果。</translation>
    </message>
    <message>
        <source>TIME_WAIT bind</source>
        <translation>TIME_WAIT 时 bind</translation>
    </message>
    <message>
        <source>The server is started anew after a crash, and says &quot;address already in use&quot; for a minute, though it does not run.</source>
        <translation>服务器崩溃后重新启动，整整一分钟都说“address already in use”，可它并没有在运行。</translation>
    </message>
    <message>
        <source>The server closed first, so its end of the connection is the one that has to wait: a small stand-in keeps the four ends, and with them the port, for 60 seconds, so that no late segment of the old connection gets into a new one.</source>
        <translation>先关闭的是服务器，所以要等待的也是它这一头：一个小小的替身占住连接的两端，也就占住了端口，为时 60 秒，免得旧连接迟到的报文段混进新连接。</translation>
    </message>
    <message>
        <source>bind() asks inet_csk_get_port(), which finds the stand-in among the owners of port 8080: EADDRINUSE. SO_REUSEADDR helps, but only if both have it, so a server sets it before its first bind(): here even the second try, with it, is in vain.</source>
        <translation>bind() 去问 inet_csk_get_port()，它在端口 8080 的占有者里发现了那个替身：EADDRINUSE。SO_REUSEADDR 有用，但要新旧两个套接字都设了才行，所以服务器第一次 bind() 之前就该设上：这里第二次虽然设了，还是不成。</translation>
    </message>
    <message>
        <source>UDP receive buffer</source>
        <translation>UDP 接收缓冲区</translation>
    </message>
    <message>
        <source>Some datagrams are missing, though tcpdump shows all of them arrive and the network reports no loss.</source>
        <translation>数据报少了几个，可 tcpdump 看到全都到了，网络也没有报告丢失。</translation>
    </message>
    <message>
        <source>The datagram has come up through the whole stack and found its socket, but __udp_enqueue_schedule_skb() finds no room in the receive buffer: the program reads too slowly for it. Each datagram counts with its truesize, far more than its bytes.</source>
        <translation>数据报一路走过整个协议栈，也找到了套接字，__udp_enqueue_schedule_skb() 却发现接收缓冲区没有位置了：程序读得太慢。每个数据报按 truesize 计数，远比它的字节数多。</translation>
    </message>
    <message>
        <source>It is dropped with the reason SOCKET_RCVBUFF, and neither side&apos;s program is told. UDP has no window that could have slowed the sender down; the remedy is to read faster, or SO_RCVBUF and net.core.rmem_max.</source>
        <translation>它被丢弃，原因是 SOCKET_RCVBUFF，两边的程序都得不到通知。UDP 没有窗口，没法让发送方慢下来。解决办法：读得快一些，或者调大 SO_RCVBUF 和 net.core.rmem_max。</translation>
    </message>
    <message>
        <source>Zero window</source>
        <translation>零窗口</translation>
    </message>
    <message>
        <source>The upload stops at the same place each time, no packet is lost, and nothing moves any more.</source>
        <translation>上传每次都停在同一个地方，没有丢包，却再也不动了。</translation>
    </message>
    <message>
        <source>The receiver&apos;s buffer is full, because its program does not read: TCP says so in its acknowledgement, with a window of 0.</source>
        <translation>接收方的缓冲区满了，因为它的程序不读：TCP 在确认里说明这一点，窗口为 0。</translation>
    </message>
    <message>
        <source>The sender has data and may send none. It asks again and again, with empty segments, by tcp_probe_timer(): nothing is broken, it waits for a program on the other host.</source>
        <translation>发送方有数据，却一个字节也不许发。它靠 tcp_probe_timer() 一次次用空报文段去问：什么都没坏，只是在等另一台主机上的程序。</translation>
    </message>
    <message>
        <source>The program reads at last: the window opens, and all goes on.</source>
        <translation>程序终于来读了：窗口打开，一切继续。</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Destination</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Hardware type</source>
        <translation>硬件类型</translation>
    </message>
    <message>
        <source>Protocol type</source>
        <translation>协议类型</translation>
    </message>
    <message>
        <source>Hardware address length</source>
        <translation>硬件地址长度</translation>
    </message>
    <message>
        <source>Protocol address length</source>
        <translation>协议地址长度</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Sender MAC</source>
        <translation>发送方 MAC</translation>
    </message>
    <message>
        <source>Sender IP</source>
        <translation>发送方 IP</translation>
    </message>
    <message>
        <source>Target MAC</source>
        <translation>目标 MAC</translation>
    </message>
    <message>
        <source>Target IP</source>
        <translation>目标 IP</translation>
    </message>
    <message>
        <source>Record route</source>
        <translation>记录路由</translation>
    </message>
    <message>
        <source>Timestamp</source>
        <translation>时间戳</translation>
    </message>
    <message>
        <source>Loose source route</source>
        <translation>宽松源路由</translation>
    </message>
    <message>
        <source>Strict source route</source>
        <translation>严格源路由</translation>
    </message>
    <message>
        <source>Router alert</source>
        <translation>路由器告警</translation>
    </message>
    <message>
        <source>Maximum segment size </source>
        <translation>最大段长 </translation>
    </message>
    <message>
        <source>Window scale </source>
        <translation>窗口放大 </translation>
    </message>
    <message>
        <source>Timestamps </source>
        <translation>时间戳 </translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>End of options</source>
        <translation>选项结束</translation>
    </message>
    <message>
        <source>No operation</source>
        <translation>空操作</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Header length</source>
        <translation>头长</translation>
    </message>
    <message>
        <source>Total length</source>
        <translation>总长</translation>
    </message>
    <message>
        <source>Identification</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>标志</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Fragment offset</source>
        <translation>分片偏移</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>生存时间（TTL）</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Header checksum</source>
        <translation>头校验和</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未用</translation>
    </message>
    <message>
        <source>Next-hop MTU</source>
        <translation>下一跳 MTU</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Rest of header</source>
        <translation>头的其余部分</translation>
    </message>
    <message>
        <source>Source port</source>
        <translation>源端口</translation>
    </message>
    <message>
        <source>Destination port</source>
        <translation>目的端口</translation>
    </message>
    <message>
        <source>Sequence number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Acknowledgement number</source>
        <translation>确认号</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Urgent pointer</source>
        <translation>紧急指针</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>%1, alone</source>
        <translation>单独的%1</translation>
    </message>
    <message>
        <source>%1: cannot be written</source>
        <translation>%1：写不进去</translation>
    </message>
    <message>
        <source>Nothing is cut, covered or overlaps.</source>
        <translation>没有截断、遮盖，也没有重叠。</translation>
    </message>
    <message numerus="yes">
        <source>%n places are not right.</source>
        <translation>
            <numerusform>有 %n 处不对。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: cannot be written: %2</source>
        <translation>%1：写不进去：%2</translation>
    </message>
    <message>
        <source>%1: is no folder</source>
        <translation>%1：不是文件夹</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made</source>
        <translation>%1：建不了这个文件夹</translation>
    </message>
    <message>
        <source>Sockwalk: the gallery</source>
        <translation>Sockwalk 画廊</translation>
    </message>
    <message>
        <source>The welcome page</source>
        <translation>欢迎页</translation>
    </message>
    <message>
        <source>socket(), half way</source>
        <translation>socket() 走到一半</translation>
    </message>
    <message>
        <source>The objects of a socket</source>
        <translation>一个套接字的对象</translation>
    </message>
    <message>
        <source>A packet&apos;s buffer</source>
        <translation>一个包的缓冲区</translation>
    </message>
    <message>
        <source>The kernel&apos;s tables</source>
        <translation>内核的表</translation>
    </message>
    <message>
        <source>A segment on lo</source>
        <translation>lo 上的一个报文段</translation>
    </message>
    <message>
        <source>Two hosts</source>
        <translation>两台主机</translation>
    </message>
    <message>
        <source>Two stages side by side</source>
        <translation>两个视图并排</translation>
    </message>
    <message>
        <source>A capture, relived</source>
        <translation>重演抓包</translation>
    </message>
    <message>
        <source>A frame compared</source>
        <translation>逐帧对照</translation>
    </message>
    <message>
        <source>What happened in a capture</source>
        <translation>抓包里发生了什么</translation>
    </message>
    <message>
        <source>The console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>A lesson begins</source>
        <translation>一课开始</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>一个问题</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>A file that cannot be opened</source>
        <translation>打不开的文件</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Which host of a capture to be</source>
        <translation>选抓包里的一台主机</translation>
    </message>
    <message>
        <source>To a TAP</source>
        <translation>接到 TAP</translation>
    </message>
    <message>
        <source>A live capture</source>
        <translation>实时抓包</translation>
    </message>
    <message>
        <source>The keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>The members of a sk_buff, in groups</source>
        <translation>sk_buff 的成员，按分组</translation>
    </message>
    <message>
        <source>The members of a tcp_sock, in groups</source>
        <translation>tcp_sock 的成员，按分组</translation>
    </message>
    <message>
        <source>How hot the cache lines of a tcp_sock are</source>
        <translation>tcp_sock 的缓存行有多热</translation>
    </message>
    <message>
        <source>A tcp_sock before the call and now</source>
        <translation>tcp_sock 在调用之前和现在</translation>
    </message>
    <message>
        <source>Who holds a port&apos;s number</source>
        <translation>谁存着一个端口号</translation>
    </message>
    <message>
        <source>Tables of functions side by side</source>
        <translation>并排的函数表</translation>
    </message>
    <message>
        <source>The network stack, lit by a walk</source>
        <translation>走查照亮的网络协议栈</translation>
    </message>
    <message>
        <source>socket() from layer to layer</source>
        <translation>socket() 一层一层往下走</translation>
    </message>
    <message>
        <source>bind, listen, connect, accept</source>
        <translation>bind、listen、connect、accept</translation>
    </message>
    <message>
        <source>Sending without a copy</source>
        <translation>零拷贝发送</translation>
    </message>
    <message>
        <source>What socket() can be asked for</source>
        <translation>可以向 socket() 要什么</translation>
    </message>
    <message>
        <source>The structures of a socket</source>
        <translation>一个套接字的各个结构体</translation>
    </message>
    <message>
        <source>A lost segment, as a ladder</source>
        <translation>梯形图：丢失的一段</translation>
    </message>
    <message>
        <source>Two hosts, as a ladder</source>
        <translation>梯形图：两台主机</translation>
    </message>
    <message>
        <source>A ladder and its socket&apos;s states</source>
        <translation>梯形图，和它的套接字的状态</translation>
    </message>
    <message>
        <source>The states of a connection</source>
        <translation>一条连接的状态</translation>
    </message>
    <message>
        <source>A window over time</source>
        <translation>随时间变化的窗口</translation>
    </message>
    <message>
        <source>What waits out of order</source>
        <translation>乱序等待的数据</translation>
    </message>
    <message>
        <source>Where the time of packets went</source>
        <translation>包的时间花在哪里</translation>
    </message>
    <message>
        <source>What happened in a walk</source>
        <translation>走查中发生了什么</translation>
    </message>
    <message>
        <source>tcpdump&apos;s filter on one frame</source>
        <translation>tcpdump 的过滤器，对着一帧</translation>
    </message>
    <message>
        <source>struct sock in Linux 2.6 and 6.1</source>
        <translation>Linux 2.6 与 6.1 的 struct sock</translation>
    </message>
    <message>
        <source>socket() in Linux 2.6 and 6.1</source>
        <translation>Linux 2.6 与 6.1 的 socket()</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>View &gt; Keys chooses between the two sets.</source>
        <translation>“视图 &gt; 按键”可以在两套按键之间选择。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Brings a view to the front.</source>
        <translation>把一个视图放到前面。</translation>
    </message>
    <message>
        <source>Open, save</source>
        <translation>打开、保存</translation>
    </message>
    <message>
        <source>A scenario, a capture or a session; the session.</source>
        <translation>打开脚本、抓包或会话；保存会话。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Walk through the Linux 6.1 network stack: a simulated kernel with the functions, structures and bytes of the real one, recorded call by call and write by write.</source>
        <translation>走一遍 Linux 6.1 的网络协议栈：一个模拟的内核，函数、结构体和字节都与真正的内核一样，每次调用、每次写入都有记录。</translation>
    </message>
    <message>
        <source>MIT licence. The code is our own; the kernel&apos;s behaviour, names and layouts are facts and are kept. Built with Qt (LGPL 3), Graphviz (EPL 1.0) and libpcap (BSD).</source>
        <translation>MIT 许可证。代码是我们自己写的；内核的行为、名字和布局是事实，照原样保留。使用了 Qt（LGPL 3）、Graphviz（EPL 1.0）和 libpcap（BSD）。</translation>
    </message>
    <message>
        <source>What is simplified</source>
        <translation>哪些有简化</translation>
    </message>
    <message>
        <source>What these functions leave out, compared with the kernel&apos;s own:</source>
        <translation>这些函数与内核的相比省略了什么：</translation>
    </message>
    <message>
        <source>About Sockwalk</source>
        <translation>关于 Sockwalk</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Marks this moment with a note; it is saved with the session.</source>
        <translation>给这一刻加一个带批注的书签，随会话一起保存。</translation>
    </message>
    <message>
        <source>Where you were</source>
        <translation>去过的地方</translation>
    </message>
    <message>
        <source>Back over the places you jumped from, and on again.</source>
        <translation>沿着跳转前的位置退回去，也可以再往前走。</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>What a picture shows, as rows that follow the walk and can be sorted and copied.</source>
        <translation>把图里的内容列成行，随走查更新，可以排序和复制。</translation>
    </message>
    <message>
        <source>In pictures</source>
        <translation>在图里</translation>
    </message>
    <message>
        <source>From one part of a picture to the next; Enter does what a click does, the Menu key what a right click does.</source>
        <translation>从图的一部分到下一部分；回车等于单击，菜单键等于右击。</translation>
    </message>
    <message>
        <source>opens the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>works without a window; each has --help</source>
        <translation>不需要窗口；各有 --help</translation>
    </message>
    <message>
        <source>The commands:</source>
        <translation>命令：</translation>
    </message>
    <message>
        <source>A first word that is no command is a FILE if it is there, or has a &apos;/&apos; or a &apos;.&apos; in it.</source>
        <translation>第一个词不是命令时，只要有这个文件，或者里面有 &apos;/&apos; 或 &apos;.&apos;，就当作 FILE。</translation>
    </message>
    <message>
        <source>the version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>this text</source>
        <translation>这段文字</translation>
    </message>
    <message>
        <source>STEP is a step of the first named call (57), a function where it is next called (inet_create), &quot;event 1200&quot;, &quot;stimulus 3&quot;, the name of a //@case, one of its steps (&quot;socket_tcp step 12&quot;), start or end.</source>
        <translation>STEP 可以是第一个有名字的调用里的一步（57）、下一次调用某个函数的地方（inet_create）、&quot;event 1200&quot;、&quot;stimulus 3&quot;、一个 //@case 的名字、它的某一步（&quot;socket_tcp step 12&quot;）、start 或 end。</translation>
    </message>
    <message>
        <source>The machine that runs it:</source>
        <translation>运行它的机器：</translation>
    </message>
    <message>
        <source>runs them and writes the calls and buffers of each //@case</source>
        <translation>运行它们，写出每个 //@case 的调用和缓冲区</translation>
    </message>
    <message>
        <source>prints the walk: calls, arguments, results, notes, buffers</source>
        <translation>打印走查：调用、参数、结果、批注、缓冲区</translation>
    </message>
    <message>
        <source>prints what the window shows at a moment: tables, objects, packets ...</source>
        <translation>打印窗口在某一刻显示的内容：内核表、对象、数据包……</translation>
    </message>
    <message>
        <source>relives a packet file in one of its hosts, and compares what is sent</source>
        <translation>在抓包的一台主机里重演，对照发出的帧</translation>
    </message>
    <message>
        <source>prints the layout of a kernel structure</source>
        <translation>打印内核结构体的布局</translation>
    </message>
    <message>
        <source>draws every view in both themes and languages; or checks them</source>
        <translation>画出每个视图的两种主题、两种语言；或者检查它们</translation>
    </message>
    <message>
        <source>lists the lessons, walks and captures that there are, yours too</source>
        <translation>列出现有的课、走查和抓包，也有你自己的</translation>
    </message>
    <message>
        <source>prints the help of a command</source>
        <translation>打印一个命令的帮助</translation>
    </message>
    <message>
        <source>Runs a script, a capture or a saved session, and writes the frames that the simulated machine received and sent. A .pcapng file has a comment on each: what became of it, by which function that was decided, and where in the walk (&quot;stimulus 12 step 7&quot;, as --at of tell and shot takes it); Wireshark and tshark show it. A .json file says the same.</source>
        <translation>运行脚本、抓包或存好的会话，写出模拟的机器收到和发出的帧。.pcapng 文件给每一帧一条批注：结果如何、由哪个函数决定、在走查的哪里（&quot;stimulus 12 step 7&quot;，tell 和 shot 的 --at 认得它）；Wireshark 和 tshark 会显示批注。.json 文件说的是同样的内容。</translation>
    </message>
    <message>
        <source>--where takes what the filter of the packets takes, for example</source>
        <translation>--where 的写法与数据包的筛选条件相同，例如</translation>
    </message>
    <message>
        <source>only the packets that fit</source>
        <translation>只要符合条件的数据包</translation>
    </message>
    <message>
        <source>Draws the window in the states in which people see it, and each view alone: in both themes and both languages, at three sizes and in large type. No display is needed. DIR/index.html shows them beside one another.</source>
        <translation>画出窗口的各种常见状态，以及单独的每个视图：两种主题、两种语言、三种尺寸，还有大字号。不需要显示器。DIR/index.html 把它们并排列出。</translation>
    </message>
    <message>
        <source>the folder; it is made if it is not there</source>
        <translation>文件夹；没有就新建</translation>
    </message>
    <message>
        <source>only in this theme</source>
        <translation>只画这种主题</translation>
    </message>
    <message>
        <source>says what is cut, covered, overlaps or stands outside, and exits with 1 if something does</source>
        <translation>说出哪里被截断、遮盖、重叠或伸到外面；只要有一处，就以 1 退出</translation>
    </message>
    <message>
        <source>draws the pictures of README.md and assets/README.zh.md instead</source>
        <translation>改为画 README.md 和 assets/README.zh.md 里的图</translation>
    </message>
    <message>
        <source>usage:</source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>Qt&apos;s own options are taken too: -style, -platform, -geometry, -session and the others in the manual page.</source>
        <translation>也认得 Qt 自己的选项：-style、-platform、-geometry、-session，其余的见手册页。</translation>
    </message>
    <message>
        <source>Exit code: 0 done, 1 the run failed, 2 bad usage or input.</source>
        <translation>退出码：0 完成，1 运行失败，2 用法或输入不对。</translation>
    </message>
    <message>
        <source>Prints what COMMAND --help prints; without one, what sockwalk --help prints.</source>
        <translation>打印 COMMAND --help 的内容；不给命令时，打印 sockwalk --help 的内容。</translation>
    </message>
    <message>
        <source>Prints the layout of kernel structures: offset, bit and bits (bit-fields only), size, name and type of every member, from the type information of Linux 6.1 (Debian 12, amd64).</source>
        <translation>打印内核结构体的布局：每个成员的偏移、起始位和位数（只有位域才有）、大小、名字和类型，取自 Linux 6.1（Debian 12，amd64）的类型信息。</translation>
    </message>
    <message>
        <source>prints the names of all structures</source>
        <translation>打印所有结构体的名字</translation>
    </message>
    <message>
        <source>the language of what is told: English or Chinese</source>
        <translation>说话用的语言：英文或中文</translation>
    </message>
    <message>
        <source>Linux as it is, or with the oddities of the slow machine that was recorded</source>
        <translation>原本的 Linux，或者带上录制时那台慢机器的怪脾气</translation>
    </message>
    <message>
        <source>ticks a second of the simulated kernel, 1 to 10000</source>
        <translation>模拟内核每秒的时钟节拍数，1 到 10000</translation>
    </message>
    <message>
        <source>the device under a script</source>
        <translation>脚本底下的设备</translation>
    </message>
    <message>
        <source>which host of a capture the machine is; otherwise the most talkative</source>
        <translation>机器当抓包里的哪台主机；不给就选说话最多的</translation>
    </message>
    <message>
        <source>of a capture: only the frames that fit, as tcpdump takes it: &apos;tcp port 80&apos;</source>
        <translation>用于抓包：只要符合条件的帧，写法同 tcpdump：&apos;tcp port 80&apos;</translation>
    </message>
    <message>
        <source>defines a symbol of a script; may be given again</source>
        <translation>给脚本定义一个符号；可以多次给出</translation>
    </message>
    <message>
        <source>Runs a script, a capture or a saved session, and prints the walk: every stimulus, under it the calls that it caused, indented, with arguments and results, what is worth noting at each moment, and the geometry of a buffer where a function is handed one (offsets from skb-&gt;head).</source>
        <translation>运行脚本、抓包或存好的会话，打印走查：每个触发，下面缩进列出它引起的调用，带参数和结果、每一刻值得注意的事，以及函数拿到缓冲区时它的几何（从 skb-&gt;head 算起的偏移）。</translation>
    </message>
    <message>
        <source>from the very start: how the kernel fills its tables</source>
        <translation>从头开始：内核怎样填好它的表</translation>
    </message>
    <message>
        <source>calls only</source>
        <translation>只要调用</translation>
    </message>
    <message>
        <source>draws buttons and menus as this style of Qt does</source>
        <translation>按 Qt 的这种风格画按钮和菜单</translation>
    </message>
    <message>
        <source>a Qt style sheet</source>
        <translation>一份 Qt 样式表</translation>
    </message>
    <message>
        <source>what draws the window: xcb, wayland, offscreen ...</source>
        <translation>由什么来画窗口：xcb、wayland、offscreen……</translation>
    </message>
    <message>
        <source>of the desktop</source>
        <translation>桌面的主题</translation>
    </message>
    <message>
        <source>where Qt&apos;s platforms lie</source>
        <translation>Qt 的平台插件在哪里</translation>
    </message>
    <message>
        <source>a generic plugin of Qt</source>
        <translation>Qt 的通用插件</translation>
    </message>
    <message>
        <source>the X display, :0 for instance</source>
        <translation>X 显示器，例如 :0</translation>
    </message>
    <message>
        <source>of the window&apos;s class</source>
        <translation>窗口类的名字</translation>
    </message>
    <message>
        <source>size and place of the window</source>
        <translation>窗口的大小和位置</translation>
    </message>
    <message>
        <source>of the window</source>
        <translation>窗口的</translation>
    </message>
    <message>
        <source>the session that a desktop restores</source>
        <translation>桌面要恢复的会话</translation>
    </message>
    <message>
        <source>lays everything out from right to left</source>
        <translation>一切从右往左排</translation>
    </message>
    <message>
        <source>prints how many widgets were left</source>
        <translation>打印还剩多少个部件</translation>
    </message>
    <message>
        <source>Runs scripts and captures. For each //@case NAME of a script it writes</source>
        <translation>运行脚本和抓包。对脚本里的每个 //@case NAME，写出</translation>
    </message>
    <message>
        <source>the nested calls of that case, two spaces a level</source>
        <translation>这个用例里嵌套的调用，每层两个空格</translation>
    </message>
    <message>
        <source>each sk_buff that a function was handed, at its entry</source>
        <translation>函数入口处拿到的每个 sk_buff</translation>
    </message>
    <message>
        <source>in the formats in which the real kernel was recorded (tests/kernel_truth). A capture has a case for each frame that its host received: CAPTURE_frame_N.</source>
        <translation>格式与真实内核的录制（tests/kernel_truth）相同。抓包里，主机收到的每一帧是一个用例：CAPTURE_frame_N。</translation>
    </message>
    <message>
        <source>where to write</source>
        <translation>写到哪里</translation>
    </message>
    <message>
        <source>prints one number for all that was recorded of a file; it is the same in every run and on every machine</source>
        <translation>对一个文件记录到的一切，打印一个数；每次运行、每台机器上都一样</translation>
    </message>
    <message>
        <source>Here the machine is the recorded one, unless this, the script or the session says otherwise.</source>
        <translation>这里的机器是录制时的那台，除非这里、脚本或会话另有说明。</translation>
    </message>
    <message>
        <source>Relives a packet file inside one of its hosts: the programs of that host do what the frames show, frames of others arrive at their times, and what our kernel sends is held against what the captured host sent, frame by frame: same, equivalent (acknowledged at another moment, cut into other segments) or different, and in which fields. Exits with 1 if any frame is different.</source>
        <translation>在抓包的一台主机里重演：这台主机上的程序照着帧所示去做，别人的帧按时到达，我们的内核发出的帧与抓到的逐帧对照：相同、等价（在别的时刻确认、切成别的报文段）或不同，以及哪些字段不同。只要有一帧不同，就以 1 退出。</translation>
    </message>
    <message>
        <source>frames that are told and counted, as tcpdump says it: &quot;tcp port 80&quot;</source>
        <translation>要说、要数的帧，写法同 tcpdump：&quot;tcp port 80&quot;</translation>
    </message>
    <message>
        <source>the table of frames as JSON</source>
        <translation>以 JSON 给出帧的表</translation>
    </message>
    <message>
        <source>walk</source>
        <translation>走查</translation>
    </message>
    <message>
        <source>lesson</source>
        <translation>课</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>the moment; without it, the first that is worth a look</source>
        <translation>哪一刻；不给就是第一个值得一看的时刻</translation>
    </message>
    <message>
        <source>without it, light</source>
        <translation>不给就是 light</translation>
    </message>
    <message>
        <source>in pixels; without it, what suits the view</source>
        <translation>以像素计；不给就用适合这个视图的大小</translation>
    </message>
    <message>
        <source>device pixels a pixel, .png only</source>
        <translation>每个像素的设备像素数，只用于 .png</translation>
    </message>
    <message>
        <source>Runs a script, a capture or a saved session, goes to a moment of it, and prints what the window&apos;s views show there. Of a lesson.md it runs the scenario.</source>
        <translation>运行脚本、抓包或存好的会话，走到其中一刻，打印窗口的各个视图在那里显示的内容。给的是 lesson.md，就运行它的脚本。</translation>
    </message>
    <message>
        <source>where the walk is, who runs, and what has just happened</source>
        <translation>走到了哪里、谁在运行、刚刚发生了什么</translation>
    </message>
    <message>
        <source>what the machine was told to do, and what came of it</source>
        <translation>让机器做了什么、结果如何</translation>
    </message>
    <message>
        <source>the call path of the system call or frame</source>
        <translation>系统调用或帧的调用路径</translation>
    </message>
    <message>
        <source>the functions that are open, each with its line</source>
        <translation>还没返回的函数，各在哪一行</translation>
    </message>
    <message>
        <source>the calls of the whole walk, by task and softirq</source>
        <translation>整个走查的调用，按任务和软中断分列</translation>
    </message>
    <message>
        <source>tasks, files, sockets and queues, and their pointers</source>
        <translation>任务、文件、套接字和队列，以及它们的指针</translation>
    </message>
    <message>
        <source>how the structures of the socket lie in one another, and the chain that leads there</source>
        <translation>套接字的结构体怎样层层嵌套，以及通向它们的链</translation>
    </message>
    <message>
        <source>the structures that live; with a NAME (&quot;tcp_sock #1&quot;) its members</source>
        <translation>此刻存活的结构体；给出 NAME（&quot;tcp_sock #1&quot;）就列它的成员</translation>
    </message>
    <message>
        <source>the sk_buffs that live: edges, headers, family, what was done to them</source>
        <translation>此刻存活的 sk_buff：边界、包头、亲缘、经历了什么</translation>
    </message>
    <message>
        <source>the frames up to here, and what became of each</source>
        <translation>到此为止的帧，以及各自的结果</translation>
    </message>
    <message>
        <source>retransmissions, resets, drops ... and why the kernel did so</source>
        <translation>重传、复位、丢弃……以及内核为什么这样做</translation>
    </message>
    <message>
        <source>the calls from layer to layer of the whole walk, and what comes back</source>
        <translation>整个走查中层与层之间的调用，以及返回了什么</translation>
    </message>
    <message>
        <source>the segments of the connection that the moment is about, end by end</source>
        <translation>这一刻所在连接的段，两端对照</translation>
    </message>
    <message>
        <source>the way of each TCP socket through its states, and what moved it</source>
        <translation>每个 TCP 套接字经过的状态，以及是什么推动了它</translation>
    </message>
    <message>
        <source>windows, round trips and queues of the TCP socket that the moment is about</source>
        <translation>这一刻所在 TCP 套接字的窗口、往返时间和队列</translation>
    </message>
    <message>
        <source>the parts of the network stack, and which of them the system call or frame has passed</source>
        <translation>网络协议栈的各部分，以及这次系统调用或这一帧经过了其中哪些</translation>
    </message>
    <message>
        <source>connections, listeners, ports, queues, routes, neighbours, rings ...</source>
        <translation>连接、监听者、端口、队列、路由、邻居、环形缓冲区……</translation>
    </message>
    <message>
        <source>where the stops of a lesson.md are in its walk</source>
        <translation>lesson.md 的各停在走查的哪里</translation>
    </message>
    <message>
        <source>TOPIC is one of</source>
        <translation>TOPIC 是其中之一</translation>
    </message>
    <message>
        <source>the moment; without it, the end</source>
        <translation>哪一刻；不给就是末尾</translation>
    </message>
    <message>
        <source>of the topic packets: only those that fit, &apos;tcp.port == 80&apos;</source>
        <translation>用于话题 packets：只要符合条件的，&apos;tcp.port == 80&apos;</translation>
    </message>
    <message>
        <source>as JSON</source>
        <translation>以 JSON 给出</translation>
    </message>
    <message>
        <source>User commands</source>
        <translation>手册</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>walk through the Linux network stack, step by step</source>
        <translation>一步一步走过 Linux 网络协议栈</translation>
    </message>
    <message>
        <source>Synopsis</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Sockwalk runs a simulated kernel with the functions, structures and bytes of Linux 6.1, records every call and every write, and lets you step through that record forward and backward.</source>
        <translation>Sockwalk 运行一个模拟的内核，函数、结构体和字节都与 Linux 6.1 相同；它记录每一次调用、每一次写入，你可以在这份记录里一步步前进、后退。</translation>
    </message>
    <message>
        <source>Without a command it opens a window on each FILE, a scenario script (.pkt), a packet file (.pcap, .pcapng), a saved session (.sockwalk) or a lesson (lesson.md); on the walk of a socket(2) call if none is named. The commands work without a window. A first word that is no command is a FILE if it is there, or has a &apos;/&apos; or a &apos;.&apos; in it.</source>
        <translation>不给命令时，它打开窗口，装入每个 FILE：脚本（.pkt）、抓包文件（.pcap、.pcapng）、存好的会话（.sockwalk）或一课（lesson.md）；一个都不给，就打开 socket(2) 调用的走查。各个命令不需要窗口。第一个词不是命令时，只要有这个文件，或者里面有 &apos;/&apos; 或 &apos;.&apos;，就当作 FILE。</translation>
    </message>
    <message>
        <source>Exit status</source>
        <translation>退出状态</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>The run failed: it did not go as its script says, or the machine has too little memory or address space.</source>
        <translation>运行失败：与脚本所说不符，或者机器的内存或地址空间不够。</translation>
    </message>
    <message>
        <source>Bad usage or input, or no display for the window.</source>
        <translation>用法或输入不对，或者没有可以开窗口的显示器。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Your own data beside the program&apos;s: lessons/NN-topic/lesson.md with its scenario.pkt, walks/*.pkt, and captures/*.pcap. What has the name of something that comes with the program stands in its place.</source>
        <translation>程序自带的之外，你自己的数据：lessons/NN-topic/lesson.md 和它的 scenario.pkt、walks/*.pkt、captures/*.pcap。与程序自带的同名时，用你的。</translation>
    </message>
    <message>
        <source>The same, as it comes with the program; it is found from the place of the program, so the prefix may be moved.</source>
        <translation>同样的内容，程序自带的；从程序所在的位置找到它，所以 PREFIX 可以搬走。</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Where your own data lies, instead of ~/.local/share.</source>
        <translation>你自己的数据放在哪里，代替 ~/.local/share。</translation>
    </message>
    <message>
        <source>One more folder with data, which stands above the others.</source>
        <translation>再加一个数据文件夹，排在其他的前面。</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>另见</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>These may be said wherever a FILE goes.</source>
        <translation>凡是有 FILE 的地方都可以给。</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Options of Qt</source>
        <translation>Qt 的选项</translation>
    </message>
    <message>
        <source>Commands, settings, lessons, functions, objects, members by value, packets, steps; Enter goes there or does it.</source>
        <translation>命令、设置、课程、函数、对象、成员的值、数据包、步骤；按回车前往或执行。</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Something in the view that has the keys.</source>
        <translation>在当前视图里查找。</translation>
    </message>
    <message>
        <source>Run until</source>
        <translation>运行到</translation>
    </message>
    <message>
        <source>On to where a condition holds, or back to where it held: call == tcp_v4_rcv, sk_state == TCP_ESTABLISHED, tcp.port == 80, drop, sleeps.</source>
        <translation>前进到条件成立之处，或退回它上次成立之处：call == tcp_v4_rcv、sk_state == TCP_ESTABLISHED、tcp.port == 80、drop、sleeps。</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>In Structure: keeps the chosen member in sight; a run may stop where it changes.</source>
        <translation>在“结构”里：一直看着选中的成员；运行时可以在它变化处停下。</translation>
    </message>
    <message>
        <source>All bookmarks</source>
        <translation>全部书签</translation>
    </message>
    <message>
        <source>Their notes are edited and removed there.</source>
        <translation>在那里编辑批注、删除书签。</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Copies a link to this moment, sockwalk:FILE#step=57; opens one.</source>
        <translation>复制通往这一刻的链接 sockwalk:文件#step=57；打开链接。</translation>
    </message>
    <message>
        <source>the first moment at which this holds, &apos;sk_state == TCP_ESTABLISHED&apos;</source>
        <translation>这个条件首次成立的时刻，例如 &apos;sk_state == TCP_ESTABLISHED&apos;</translation>
    </message>
    <message>
        <source>writes the frames (pcapng with comments, JSON), or the walk as a web page</source>
        <translation>写出帧（带注释的 pcapng、JSON），或把走查写成网页</translation>
    </message>
    <message>
        <source>A .html file is the walk itself as a page, which any browser walks step by step, in both directions and in both languages, with nothing else beside it: the call path, the buffer, the objects, and what happens in words. --from and --to take a stretch of it. A .zip file is the same page for a learning system such as Moodle (SCORM 1.2), which is told how far one has come.</source>
        <translation>.html 文件是走查本身做成的网页，任何浏览器都能用它双向逐步走查，两种语言，不需要别的文件：调用路径、缓冲区、对象，以及用文字说明发生了什么。--from 和 --to 只取其中一段。.zip 文件是同一张网页，供 Moodle 等学习系统使用（SCORM 1.2），并向它报告学到了哪里。</translation>
    </message>
    <message>
        <source>the file to write: .pcapng, .json, .html or .zip</source>
        <translation>要写的文件：.pcapng、.json、.html 或 .zip</translation>
    </message>
    <message>
        <source>where a page begins</source>
        <translation>网页从哪里开始</translation>
    </message>
    <message>
        <source>where it ends</source>
        <translation>到哪里结束</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>In Structure: members, in groups, heat of the cache lines, compare, find a value.</source>
        <translation>在“结构体”里：成员、分组、缓存行的冷热、比较、查找值。</translation>
    </message>
    <message>
        <source>Find a value</source>
        <translation>查找值</translation>
    </message>
    <message>
        <source>Who holds it, in all memory of the moment.</source>
        <translation>此刻的全部内存里谁存着它。</translation>
    </message>
    <message>
        <source>draws one view of the window into a .png, .svg or .pdf file</source>
        <translation>把窗口的一个视图画进 .png、.svg 或 .pdf 文件</translation>
    </message>
    <message>
        <source>draws a stretch of the walk as an MP4, a GIF or a folder of pictures</source>
        <translation>把一段走查画成 MP4、GIF 或图片文件夹</translation>
    </message>
    <message>
        <source>Steps one view of the window from one moment of the walk to another, with the motion that it has there, and makes a film of it, without a display. A name that ends in .mp4 or .gif needs the program ffmpeg; any other name is that of a new folder, which gets a PNG file for each picture. What is there already is not touched without --replace.</source>
        <translation>不用显示器，让窗口的一个视图从走查的一个时刻单步走到另一个时刻，带着窗口里的动画，做成影片。以 .mp4 或 .gif 结尾的名字需要程序 ffmpeg；其他名字是一个新文件夹，每幅画面存成一个 PNG 文件。没有 --replace 就不动已有的文件。</translation>
    </message>
    <message>
        <source>the moment where it begins; without it, the first that is worth a look</source>
        <translation>起点；不写则是第一个值得看的时刻</translation>
    </message>
    <message>
        <source>the moment where it ends; without it, the end</source>
        <translation>终点；不写则是结尾</translation>
    </message>
    <message>
        <source>what a step is; without it, call</source>
        <translation>一步是什么；不写则是 call</translation>
    </message>
    <message>
        <source>pictures a second; without it, 25</source>
        <translation>每秒画面数；不写则是 25</translation>
    </message>
    <message>
        <source>steps a second; without it, 2</source>
        <translation>每秒步数；不写则是 2</translation>
    </message>
    <message>
        <source>an .mp4 or .gif file, or a new folder</source>
        <translation>.mp4 或 .gif 文件，或一个新文件夹</translation>
    </message>
    <message>
        <source>a file that is there already</source>
        <translation>替换已有的文件</translation>
    </message>
    <message>
        <source>the object looked at, &apos;tcp_sock #1&apos;</source>
        <translation>看哪个对象，&apos;tcp_sock #1&apos;</translation>
    </message>
    <message>
        <source>a .png, .svg or .pdf file</source>
        <translation>.png、.svg 或 .pdf 文件</translation>
    </message>
    <message>
        <source>all of the view, not only what is in sight at this size</source>
        <translation>画出视图的全部，不只是这个大小下看得见的部分</translation>
    </message>
    <message>
        <source>Draws one view of the window, as it is at one moment of the walk, without a display and without its buttons.</source>
        <translation>不用显示器，把窗口的一个视图画成走查中某一时刻的样子，不带按钮。</translation>
    </message>
    <message>
        <source>how the socket or packet of the moment comes to be: its parts, who makes them, and what ties them</source>
        <translation>此刻的套接字或数据包是怎样产生的：有哪些部分，由谁创建，靠什么相连</translation>
    </message>
    <message>
        <source>where a NAME is, on wire, buffer, structure, source: frame:38, byte:102, tcphdr.seq, tcp_output.cpp:120</source>
        <translation>NAME 在哪里，线路、缓冲区、结构体、源码：frame:38、byte:102、tcphdr.seq、tcp_output.cpp:120</translation>
    </message>
    <message>
        <source>of a NAME: how often each of its cache lines was written, and by whom</source>
        <translation>给出 NAME：它的每个缓存行被写了多少次、由谁写</translation>
    </message>
    <message>
        <source>of a NAME: what differs from an OTHER, or from itself at --with STEP, and who wrote it</source>
        <translation>给出 NAME：与 OTHER 或与它自己在 --with STEP 那一刻有什么不同、由谁写下</translation>
    </message>
    <message>
        <source>of a VALUE (8080, 10.0.0.1, 0xffff..., &quot;GET&quot;, 47 45 54): who holds it</source>
        <translation>给出 VALUE（8080、10.0.0.1、0xffff...、&quot;GET&quot;、47 45 54）：谁存着它</translation>
    </message>
    <message>
        <source>of the topic compare: the other moment</source>
        <translation>用于 compare 主题：另一刻</translation>
    </message>
    <message>
        <source>of a structure: its members in the groups in which a person thinks</source>
        <translation>用于一个结构体：成员按人思考时的分组列出</translation>
    </message>
    <message>
        <source>of the topic compare: the members that are alike, too</source>
        <translation>用于 compare 主题：相同的成员也列出</translation>
    </message>
    <message>
        <source>The window, shot, film and gallery take them, with one dash or two.</source>
        <translation>窗口、shot、film 和 gallery 认得它们，一个或两个减号都行。</translation>
    </message>
    <message>
        <source>new writes a small lesson into a folder, in English and Chinese, with each kind of block in it, to be changed.</source>
        <translation>new 在文件夹里写出一小课，中英文都有，含每一种块，供你修改。</translation>
    </message>
    <message>
        <source>the kin of the sk_buff that runs or was made last: clones, copies, segments, fragments, what was merged</source>
        <translation>正在处理或最近创建的 sk_buff 的亲缘：克隆、副本、分段、分片、合并进来的</translation>
    </message>
    <message>
        <source>FILE is a scenario script (.pkt), a packet file (.pcap, .pcapng), a saved session (.sockwalk) or a lesson (lesson.md, .swlesson); or a link to a moment in one of these (sockwalk:FILE#step=57).</source>
        <translation>FILE 是场景脚本 (.pkt)、抓包文件 (.pcap、.pcapng)、保存的会话 (.sockwalk) 或课程 (lesson.md、.swlesson)；也可以是其中某一时刻的链接 (sockwalk:FILE#step=57)。</translation>
    </message>
    <message>
        <source>looks for what is wrong with lessons; writes, bundles and exports them</source>
        <translation>检查课程有没有错；也可新写、打包、导出课程</translation>
    </message>
    <message>
        <source>pack makes one file of a lesson that is right, to be handed on; unpack puts it among your own lessons, where the window finds it, and prints where. The window opens such a file, too.</source>
        <translation>pack 把没有错的课程打成一个文件，好传给别人；unpack 把它解开，放到你自己的课程里（窗口会在那里找到它），并打印放在哪里。窗口也能打开这样的文件。</translation>
    </message>
    <message>
        <source>questions writes what a lesson asks, with the engine&apos;s answers, for a learning system: GIFT or Moodle XML, by the ending.</source>
        <translation>questions 写出课程里的问题和引擎给出的答案，供教学平台导入：按扩展名写成 GIFT 或 Moodle XML。</translation>
    </message>
    <message>
        <source>results writes how far you came in each lesson, and how you answered, as CSV or JSON, by the ending.</source>
        <translation>results 写出每一课走到了哪里、答得怎样：按扩展名写成 CSV 或 JSON。</translation>
    </message>
    <message>
        <source>the file to write</source>
        <translation>要写的文件</translation>
    </message>
    <message>
        <source>Where FILE is a lesson, the page has its stops, its words in both languages, and its questions, whose answers are covered until they are given; what only the window can ask (clicks, labs) is shown and left to it. A long walk is cut to what lies about the stops. A learning system is told the score, in percent of the points, and &quot;passed&quot; once all is answered and half of them were earned, else &quot;failed&quot;.</source>
        <translation>如果 FILE 是一课，网页里就有它的每一停、两种语言的文字和问题，答案在作答之前一直遮着；只有窗口才能问的（点击、实验）照样列出，留给窗口。走查太长时，只保留各停前后的部分。学习系统会收到按分值百分比计的成绩；全部答完并得到一半以上的分时报告“passed”，否则报告“failed”。</translation>
    </message>
    <message>
        <source>guide prints how a lesson is written: every key of the language, with an example and what it is for.</source>
        <translation>guide 说明一课怎样编写：语言里的每个键，各有一个例子和用途。</translation>
    </message>
    <message>
        <source>lab prints what the labs of a lesson ask of who has a seed; with --try it plays what somebody has handed in, a script or the lines that were typed (X.lines), and says which goals are reached. The exit code is 1 if the goal is not.</source>
        <translation>lab 打印一课的实验对持有某个种子的人要求什么；加 --try 则播放别人交上来的脚本或键入的各行（X.lines），并说出达到了哪些目标。目标没有达到时退出码为 1。</translation>
    </message>
    <message>
        <source>with the answers and the solutions</source>
        <translation>附上答案和解法</translation>
    </message>
    <message>
        <source>of the handout; without it, the one that is spoken</source>
        <translation>讲义的语言；不写则用当前语言</translation>
    </message>
    <message>
        <source>the person&apos;s seed, from which labs draw their numbers</source>
        <translation>这个人的种子，实验的数字由它抽出</translation>
    </message>
    <message>
        <source>the lab with this id; all without it</source>
        <translation>带这个 id 的实验；不写就是全部</translation>
    </message>
    <message>
        <source>what somebody has handed in: a script, or X.lines</source>
        <translation>别人交上来的东西：脚本，或 X.lines</translation>
    </message>
    <message>
        <source>as above</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>check plays these lessons, or those in these folders, and says, with file, line and column, what is wrong with them: what cannot be read, a stop that is never reached, an answer that the engine contradicts or that stands beside its question, a lab that its solution does not solve, a translation that differs. The exit code is 1 if something is. Labs with numbers of a person&apos;s own are checked with the smallest, the largest and some others, or with those of one seed.</source>
        <translation>check 把这些课，或者这些文件夹里的课，走一遍，连同文件、行、列说出哪里不对：读不懂的，走不到的停，引擎不同意的答案，就摆在问题旁边的答案，解法解不开的实验，对不上的译文。有错，退出码是 1。实验里有每人自己的数的，用最小、最大和另外几个数检查，或用一个种子的数检查。</translation>
    </message>
    <message>
        <source>handout writes a lesson for paper, as PDF or as one page of HTML, by the ending: its goals, and each stop with its words, what the window shows there, its questions with room to answer, its labs. Nothing in it gives an answer away, pictures included; with --answers it has the answers, what is said to wrong ones, and the labs&apos; solutions. Several lessons, or a folder of them, become one PDF, or a folder of pages with one that leads to them.</source>
        <translation>handout 把一课写到纸上，按后缀写成 PDF 或一页 HTML：目标，每一停的课文、窗口里显示的画面、留有作答位置的问题、实验。里面什么都不泄露答案，画面也不；加 --answers 就带上答案、对错误答案说的话和实验的解法。几课，或一个装着课的文件夹，写成一份 PDF，或一个文件夹的网页，另有一页通向它们。</translation>
    </message>
    <message>
        <source>Prints the files that come with the program and those of your own: what each is (lesson, walk, failure, capture) and its path. A failure is a walk in which something goes wrong; tell FILE failure says what an operator sees of it, and where it dies. Your own lie in ~/.local/share/sockwalk, in folders lessons, walks, failures and captures; one that has the name of a file of the program stands in its place. The window&apos;s menus have the same.</source>
        <translation>打印程序自带的和你自己的文件：每个是什么（课、走查、故障、抓包），在哪里。故障是出了问题的走查；tell FILE failure 说出运维看到的现象，以及断在哪里。你自己的放在 ~/.local/share/sockwalk 下的 lessons、walks、failures 和 captures 文件夹里；与程序自带的同名时，用你的。窗口的菜单里也是这些。</translation>
    </message>
    <message>
        <source>failure</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>of a walk in which something goes wrong: what an operator sees of it, and where it dies</source>
        <translation>出了故障的走查：运维看到的现象，以及断在哪里</translation>
    </message>
    <message>
        <source>the programs by which sockets sort packets, as tcpdump -d prints them, and what of each ran last</source>
        <translation>套接字用来挑选数据包的程序，样子同 tcpdump -d，以及上次运行经过了哪些指令</translation>
    </message>
    <message>
        <source>plays it on two kernels, and prints the calls of both side by side</source>
        <translation>在两个内核上播放它，并把两边的调用并排打印出来</translation>
    </message>
    <message>
        <source>the kernels, the elder first</source>
        <translation>两个内核，较老的在前</translation>
    </message>
    <message>
        <source>a structure of both: sock, socket, proto ...</source>
        <translation>两边都有的结构：sock、socket、proto……</translation>
    </message>
    <message>
        <source>how the kernels start, too</source>
        <translation>连内核的启动过程也包括</translation>
    </message>
    <message>
        <source>of the view structure: members, groups, memory, heat, compare [OTHER], find VALUE; of tables: ops, or one table; of buffer: one, beside; of eras: calls, or one structure</source>
        <translation>视图 structure 的页：members、groups、memory、heat、compare [OTHER]、find VALUE；tables 的页：ops，或某一张表；buffer 的页：one、beside；eras 的页：calls，或某一个结构体</translation>
    </message>
    <message>
        <source>the calls beside those of the same script on the other kernel, 2.6 or 6.1: what stayed, moved, went and came</source>
        <translation>把调用和同一脚本在另一个内核（2.6 或 6.1）上的调用并排列出：什么保留、移动、消失、新增</translation>
    </message>
    <message>
        <source>Plays a script on two kernels, that of 2.6 and that of 6.1, and prints the calls of both side by side: which functions both have, which have another name, are called from elsewhere, went or came, and what each gave back. With --structure it prints the members of a structure then and now instead, with offset and size, and needs no FILE; it knows those of 6.12 as well, which plays nothing.</source>
        <translation>在 2.6 和 6.1 两个内核上播放同一个脚本，把两边的调用并排打印出来：哪些函数两边都有，哪些换了名字、换了调用者、消失了或新出现了，以及各自返回了什么。加上 --structure 则改为打印一个结构体当年与如今的成员及其偏移和大小，此时不需要 FILE；它还知道 6.12 的结构体，但 6.12 什么也不播放。</translation>
    </message>
    <message>
        <source>writes a moment as a core file, which gdb and drgn open</source>
        <translation>把某一刻写成 core 文件，gdb 和 drgn 都能打开</translation>
    </message>
    <message>
        <source>lets gdb walk the record, forward and backward</source>
        <translation>让 gdb 在记录里走，向前向后都行</translation>
    </message>
    <message>
        <source>Runs a script, a capture or a saved session, goes to a moment of it, and writes the memory of the simulated kernel there as a core file of x86-64. What debuggers must know of its types and functions goes into a file beside it, whose name ends with .types:</source>
        <translation>运行脚本、抓包或存好的会话，走到其中某一刻，把模拟内核此时的内存写成 x86-64 的 core 文件。调试器需要知道的类型和函数写进旁边的一个文件，它的名字以 .types 结尾：</translation>
    </message>
    <message>
        <source>There are the structures, enumerations and constants of Linux 6.1; its globals (init_net, tcp_prot); the objects that live, under the names that the window has for them (&quot;tcp_sock #1&quot; is tcp_sock_1); and a thread for whoever runs and for each task that sleeps in a call, with the stack of its calls, their lines and their arguments. For example</source>
        <translation>其中有 Linux 6.1 的结构体、枚举和常量；有它的全局变量（init_net、tcp_prot）；有此刻存在的对象，名字与窗口里的一致（“tcp_sock #1”就是 tcp_sock_1）；正在运行的一方和每个睡在调用里的任务各有一个线程，带着调用栈、行号和参数。例如</translation>
    </message>
    <message>
        <source>There is no machine code in it, and of its registers only those that a stack needs. crash takes cores of real kernels only.</source>
        <translation>其中没有机器码，寄存器也只有调用栈用得到的那几个。crash 只接受真实内核的 core。</translation>
    </message>
    <message>
        <source>the core file to write</source>
        <translation>要写出的 core 文件</translation>
    </message>
    <message>
        <source>Runs a script, a capture or a saved session, and lets gdb walk its record, forward and backward. gdb starts it itself and speaks with it over a pipe, or connects to a port of this computer:</source>
        <translation>运行脚本、抓包或存好的会话，让 gdb 在它的记录里向前、向后走。gdb 自己启动它，经管道与它对话；或者连接本机的一个端口：</translation>
    </message>
    <message>
        <source>(after sockwalk gdbserver FILE --port 2345)</source>
        <translation>（先运行 sockwalk gdbserver FILE --port 2345）</translation>
    </message>
    <message>
        <source>gdb gets types, functions and globals from here; it needs no other file. A function may have a breakpoint, and so may a line of it; a watchpoint stops at whoever writes, and all of it goes backward too:</source>
        <translation>类型、函数和全局变量都由这里交给 gdb，不需要别的文件。函数可以设断点，其中的一行也可以；观察点停在写入者那里；这一切倒着走也行：</translation>
    </message>
    <message>
        <source>What it runs on is one processor; whoever has it stands in &quot;info threads&quot;. Nothing can be written, for what happened has happened, and there is no machine code.</source>
        <translation>它运行在一个处理器上；此刻谁占着处理器，看“info threads”。什么都不能写入，因为发生过的已经发生；也没有机器码。</translation>
    </message>
    <message>
        <source>where gdb finds it; without it, the start</source>
        <translation>gdb 从哪里看起；不给就是开头</translation>
    </message>
    <message>
        <source>the port at which it waits for gdb; 0: any that is free</source>
        <translation>等候 gdb 的端口；0：任意一个空闲的</translation>
    </message>
</context>
<context>
    <name>KeyMaps</name>
    <message>
        <source>Step into</source>
        <translation>单步进入</translation>
    </message>
    <message>
        <source>One step on, into the function that is called.</source>
        <translation>前进一步，进入要调用的函数。</translation>
    </message>
    <message>
        <source>Step over</source>
        <translation>单步跳过</translation>
    </message>
    <message>
        <source>On to where the function just entered has returned.</source>
        <translation>前进到刚进入的函数返回之后。</translation>
    </message>
    <message>
        <source>Step out</source>
        <translation>跳出</translation>
    </message>
    <message>
        <source>On to where the running function has returned.</source>
        <translation>前进到正在运行的函数返回之后。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Step after step at the chosen speed; again to pause.</source>
        <translation>按选定的速度一步一步走；再按一次暂停。</translation>
    </message>
    <message>
        <source>Run fast</source>
        <translation>快速运行</translation>
    </message>
    <message>
        <source>Sixty steps a second.</source>
        <translation>每秒六十步。</translation>
    </message>
    <message>
        <source>Run express</source>
        <translation>飞速运行</translation>
    </message>
    <message>
        <source>A thousand steps a second; the picture follows as well as it can.</source>
        <translation>每秒一千步；画面尽量跟上。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop running, here.</source>
        <translation>就停在这里。</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
    <message>
        <source>To the end of the record.</source>
        <translation>到记录的末尾。</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>One step back in time.</source>
        <translation>在时间里后退一步。</translation>
    </message>
    <message>
        <source>Step back over</source>
        <translation>后退跳过</translation>
    </message>
    <message>
        <source>Back to where the function that just returned was entered.</source>
        <translation>退到刚返回的那个函数进入时。</translation>
    </message>
    <message>
        <source>Step back out</source>
        <translation>后退跳出</translation>
    </message>
    <message>
        <source>Back to just before the running function was called.</source>
        <translation>退到正在运行的函数被调用之前。</translation>
    </message>
    <message>
        <source>Run backward</source>
        <translation>倒着运行</translation>
    </message>
    <message>
        <source>Backward at the chosen speed; again to pause.</source>
        <translation>按选定的速度倒着走；再按一次暂停。</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>To the start of the record, before the machine boots.</source>
        <translation>到记录的开头，机器启动之前。</translation>
    </message>
    <message>
        <source>To the next call of a function…</source>
        <translation>到某个函数的下一次调用…</translation>
    </message>
    <message>
        <source>Asks for a function and goes to where it is called next.</source>
        <translation>问一个函数名，去它下一次被调用的地方。</translation>
    </message>
    <message>
        <source>To the previous call of a function…</source>
        <translation>到某个函数的上一次调用…</translation>
    </message>
    <message>
        <source>Asks for a function and goes to where it was called last.</source>
        <translation>问一个函数名，去它上一次被调用的地方。</translation>
    </message>
    <message>
        <source>To the next write of a field…</source>
        <translation>到某个字段的下一次写入…</translation>
    </message>
    <message>
        <source>Asks for an object&apos;s field and goes to where it is written next.</source>
        <translation>问一个对象的字段，去它下一次被写的地方。</translation>
    </message>
    <message>
        <source>To the previous write of a field…</source>
        <translation>到某个字段的上一次写入…</translation>
    </message>
    <message>
        <source>Asks for an object&apos;s field and goes to who wrote it last.</source>
        <translation>问一个对象的字段，去上一次写它的地方。</translation>
    </message>
    <message>
        <source>To the next system call or frame</source>
        <translation>到下一个系统调用或帧</translation>
    </message>
    <message>
        <source>To the next thing the machine is told to do.</source>
        <translation>到机器要做的下一件事。</translation>
    </message>
    <message>
        <source>To the previous system call or frame</source>
        <translation>到上一个系统调用或帧</translation>
    </message>
    <message>
        <source>To the thing that the machine was told to do before.</source>
        <translation>到机器做的上一件事。</translation>
    </message>
    <message>
        <source>Qtenv keys (F4 step, F5 run … F8 stop)</source>
        <translation>Qtenv 按键（F4 单步，F5 运行 … F8 停止）</translation>
    </message>
    <message>
        <source>Debugger keys (F5 run, F10 over, F11 into)</source>
        <translation>调试器按键（F5 运行，F10 跳过，F11 进入）</translation>
    </message>
    <message>
        <source>To the start of the scenario: its first call or frame, after the boot.</source>
        <translation>到场景的开头：启动之后的第一个调用或帧。</translation>
    </message>
    <message>
        <source>Go to the boot</source>
        <translation>到启动处</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>For beginners.</source>
        <translation>适合初学者。</translation>
    </message>
    <message>
        <source>For who knows the basics.</source>
        <translation>适合有基础的人。</translation>
    </message>
    <message>
        <source>For the advanced.</source>
        <translation>适合进阶。</translation>
    </message>
    <message>
        <source>It comes after %1.</source>
        <translation>在 %1 之后学。</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>有错</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>✓ all %1 stops</source>
        <translation>✓ 全部 %1 停</translation>
    </message>
    <message>
        <source>%1 of %2 stops</source>
        <translation>%1 / %2 停</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>导出成绩</translation>
    </message>
    <message>
        <source>Tables (*.csv);;JSON (*.json)</source>
        <translation>表格 (*.csv);;JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>it cannot be unpacked</source>
        <translation>解不开</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>内存不够</translation>
    </message>
    <message>
        <source>%1: cannot open: %2; expected a pcap or pcapng file</source>
        <translation>%1：打不开：%2；应是 pcap 或 pcapng 文件</translation>
    </message>
    <message>
        <source>%1: is a folder; expected a pcap or pcapng file</source>
        <translation>%1：是个文件夹；应是 pcap 或 pcapng 文件</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2; expected a pcap or pcapng file</source>
        <translation>%1：读不了：%2；应是 pcap 或 pcapng 文件</translation>
    </message>
    <message>
        <source>holds more than %1 bytes of frames, or more than %2 frames; only the first %3 frames are read</source>
        <translation>帧超过 %1 字节，或超过 %2 个；只读前 %3 个帧</translation>
    </message>
    <message>
        <source>%1: none of its %2 frames fits %3</source>
        <translation>%1：它的 %2 个帧没有一个符合 %3</translation>
    </message>
    <message>
        <source>%1do not fit %2 and are left out</source>
        <translation>%1不符合 %2，略去</translation>
    </message>
    <message>
        <source>ends in the middle of frame </source>
        <translation>断在这个帧的中间：</translation>
    </message>
    <message>
        <source>is damaged at frame </source>
        <translation>这个帧损坏：</translation>
    </message>
    <message>
        <source>%1: %2; expected at least one whole frame</source>
        <translation>%1：%2；至少应有一个完整的帧</translation>
    </message>
    <message>
        <source>%1; the %2 frames before it are kept</source>
        <translation>%1；保留它前面的 %2 个帧</translation>
    </message>
    <message>
        <source>%1: holds no frames; expected at least one</source>
        <translation>%1：没有帧；至少应有一个</translation>
    </message>
    <message>
        <source>it carries neither IP nor ARP</source>
        <translation>它不承载 IP，也不承载 ARP</translation>
    </message>
    <message>
        <source>%1: its link type is %2; %3</source>
        <translation>%1：它的链路类型是 %2；%3</translation>
    </message>
    <message>
        <source>%1are of link type %2 and cannot be played; %3</source>
        <translation>%1的链路类型是 %2，无法播放；%3</translation>
    </message>
    <message>
        <source>%1are cut short (captured with a snapshot length; tcpdump -s 0 keeps them whole)</source>
        <translation>%1被截短（抓包时限制了长度；tcpdump -s 0 保留整个帧）</translation>
    </message>
    <message>
        <source>%1bear a time before the frame they follow</source>
        <translation>%1的时间早于它前面的帧</translation>
    </message>
    <message>
        <source>%1bear the same MAC address on both sides; hosts are told by their IPv4 addresses, and have MAC addresses made of them</source>
        <translation>%1两端的 MAC 地址相同；按 IPv4 地址区分主机，并由此生成 MAC 地址</translation>
    </message>
    <message>
        <source>%1are buffers of several segments (TSO on the way out, GRO on the way in; ethtool -K eth0 tso off gro off shows what was on the wire)</source>
        <translation>%1是含多个段的缓冲区（出去时的 TSO，进来时的 GRO；ethtool -K eth0 tso off gro off 能看到线路上的样子）</translation>
    </message>
    <message>
        <source>%1bear a checksum that the card was to complete (CHECKSUM_PARTIAL); they count as right</source>
        <translation>%1的校验和本该由网卡补全（CHECKSUM_PARTIAL）；算作正确</translation>
    </message>
    <message>
        <source>the capture itself lost %1 packets%2: not everything that is missing here was lost by the network</source>
        <translation>抓包本身丢失了 %1 个包%2：这里缺的不全是网络丢失的</translation>
    </message>
    <message>
        <source>%1 (not checked: covers all fragments)</source>
        <translation>%1（没有检查：它覆盖所有分片）</translation>
    </message>
    <message>
        <source>%1 (not checked: bytes are missing)</source>
        <translation>%1（没有检查：缺少字节）</translation>
    </message>
    <message>
        <source>option %1 with an impossible length</source>
        <translation>选项 %1，长度不可能</translation>
    </message>
    <message>
        <source>%1 (not checked: the length is wrong)</source>
        <translation>%1（没有检查：长度不对）</translation>
    </message>
    <message>
        <source>libpcap has no memory for a filter</source>
        <translation>libpcap 没有内存来放过滤器</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no filter as tcpdump takes it: %2</source>
        <translation>“%1”不是 tcpdump 的过滤条件：%2</translation>
    </message>
    <message>
        <source>%1%2 does not fit the %3 bytes that IPv4 carries</source>
        <translation>%1%2 与 IPv4 所载的 %3 字节不符</translation>
    </message>
    <message>
        <source>%1%2 is impossible</source>
        <translation>%1%2 不可能</translation>
    </message>
    <message>
        <source>%1%2 is less than 20</source>
        <translation>%1%2 小于 20</translation>
    </message>
    <message>
        <source>%1%2 is less than its header</source>
        <translation>%1%2 小于它的头</translation>
    </message>
    <message>
        <source>loopback of BSD and macOS</source>
        <translation>BSD 和 macOS 的回环</translation>
    </message>
    <message>
        <source>loopback of OpenBSD</source>
        <translation>OpenBSD 的回环</translation>
    </message>
    <message>
        <source>a serial line</source>
        <translation>串行线路</translation>
    </message>
    <message>
        <source>frame relay</source>
        <translation>帧中继</translation>
    </message>
    <message>
        <source>capture on an Ethernet interface (tcpdump -i eth0) or on all of them (tcpdump -i any)</source>
        <translation>请在一个以太网接口上抓（tcpdump -i eth0），或在所有接口上抓（tcpdump -i any）</translation>
    </message>
    <message>
        <source>; expected one of: %1</source>
        <translation>；应是下面之一：%1</translation>
    </message>
    <message>
        <source>%1there is no such interface%2</source>
        <translation>%1没有这个接口%2</translation>
    </message>
    <message>
        <source>can&apos;t parse filter expression: </source>
        <translation>看不懂过滤表达式：</translation>
    </message>
    <message>
        <source>cannot capture on %1: its link type is %2; %3</source>
        <translation>无法在 %1 上抓包：它的链路类型是 %2；%3</translation>
    </message>
    <message>
        <source>cannot capture on %1: the filter &quot;%2&quot; is wrong: %3</source>
        <translation>无法在 %1 上抓包：过滤条件“%2”不对：%3</translation>
    </message>
    <message>
        <source>cannot capture on %1: %2</source>
        <translation>无法在 %1 上抓包：%2</translation>
    </message>
    <message>
        <source>cannot capture on %1: expected 1 to %2 bytes to be kept of each frame, not %3</source>
        <translation>无法在 %1 上抓包：每帧保留的字节数应在 1 到 %2 之间，不是 %3</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2</source>
        <translation>%1：写不了：%2</translation>
    </message>
    <message>
        <source>the interface is gone</source>
        <translation>接口不见了</translation>
    </message>
    <message>
        <source>truncated: %1 bytes were to follow, %2 are there</source>
        <translation>截断：后面应有 %1 字节，实际有 %2</translation>
    </message>
    <message>
        <source>cannot be unpacked (%1)</source>
        <translation>解不开（%1）</translation>
    </message>
    <message>
        <source>the file is empty; expected a pcap or pcapng file with at least its header</source>
        <translation>文件是空的；应是 pcap 或 pcapng 文件，至少带着它的头</translation>
    </message>
    <message>
        <source>not a capture file (it begins with %1); expected pcap or pcapng, as tcpdump -w writes, packed with gzip, zstd or xz or not</source>
        <translation>不是抓包文件（它以 %1 开头）；应是 tcpdump -w 写出的 pcap 或 pcapng，可以用 gzip、zstd 或 xz 压缩</translation>
    </message>
    <message>
        <source>ends inside its file header (%1); expected a whole pcap or pcapng file</source>
        <translation>断在文件头里（%1）；应是完整的 pcap 或 pcapng 文件</translation>
    </message>
    <message>
        <source>not a capture file (%1); expected pcap or pcapng, as tcpdump -w writes</source>
        <translation>不是抓包文件（%1）；应是 tcpdump -w 写出的 pcap 或 pcapng</translation>
    </message>
    <message>
        <source>its length is said to be %1</source>
        <translation>它自称的长度是 %1</translation>
    </message>
    <message>
        <source>a section has no byte-order magic</source>
        <translation>一个节没有字节序标记</translation>
    </message>
    <message>
        <source>a block&apos;s length is said to be %1</source>
        <translation>一个块自称的长度是 %1</translation>
    </message>
    <message>
        <source>a block&apos;s two lengths differ</source>
        <translation>一个块的两个长度不一致</translation>
    </message>
    <message>
        <source>an interface&apos;s block is too short</source>
        <translation>一个接口的块太短</translation>
    </message>
    <message>
        <source>it has too many interfaces</source>
        <translation>接口太多</translation>
    </message>
    <message>
        <source>an interface&apos;s unit of time is too small</source>
        <translation>一个接口的时间单位太小</translation>
    </message>
    <message>
        <source>its interfaces say too much</source>
        <translation>它的接口说得太多</translation>
    </message>
    <message>
        <source>a packet&apos;s block is too short</source>
        <translation>一个包的块太短</translation>
    </message>
    <message>
        <source>its interface %1 was not described</source>
        <translation>它的接口 %1 没有描述过</translation>
    </message>
    <message>
        <source>its interface 0 was not described</source>
        <translation>它的接口 0 没有描述过</translation>
    </message>
    <message>
        <source>%1%2 is at %3</source>
        <translation>%1%2 在 %3</translation>
    </message>
    <message>
        <source>%1 is at %2</source>
        <translation>%1 在 %2</translation>
    </message>
    <message>
        <source>Source route failed</source>
        <translation>源路由失败</translation>
    </message>
    <message>
        <source>Source host isolated</source>
        <translation>源主机被隔离</translation>
    </message>
    <message>
        <source>Network administratively prohibited</source>
        <translation>网络被管理禁止</translation>
    </message>
    <message>
        <source>Host administratively prohibited</source>
        <translation>主机被管理禁止</translation>
    </message>
    <message>
        <source>Network unreachable for TOS</source>
        <translation>网络对该 TOS 不可达</translation>
    </message>
    <message>
        <source>Host unreachable for TOS</source>
        <translation>主机对该 TOS 不可达</translation>
    </message>
    <message>
        <source>Communication administratively prohibited</source>
        <translation>通信被管理禁止</translation>
    </message>
    <message>
        <source>Host precedence violation</source>
        <translation>违反主机优先级</translation>
    </message>
    <message>
        <source>Destination unreachable code %1</source>
        <translation>目的不可达，代码 %1</translation>
    </message>
    <message>
        <source>Fragment reassembly time exceeded</source>
        <translation>分片重组超时</translation>
    </message>
    <message>
        <source>Time to live exceeded</source>
        <translation>TTL 用尽</translation>
    </message>
    <message>
        <source>%1: cannot open the TUN/TAP device: %2</source>
        <translation>%1：打不开 TUN/TAP 设备：%2</translation>
    </message>
    <message>
        <source>%1: another program holds the interface; expected a TAP device that is free</source>
        <translation>%1：另一个程序占着这个接口；应是空闲的 TAP 设备</translation>
    </message>
    <message>
        <source>%1: cannot attach to the TAP device: %2</source>
        <translation>%1：接不上 TAP 设备：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of an interface; expected 1 to 15 letters, digits, &apos;_&apos;, &apos;-&apos; or &apos;.&apos;</source>
        <translation>“%1”不能做接口的名字；应是 1 到 15 个字母、数字、“_”、“-”或“.”</translation>
    </message>
    <message>
        <source>%1: the TAP device gives no more frames: %2</source>
        <translation>%1：TAP 设备不再给出帧：%2</translation>
    </message>
    <message>
        <source>%1: the TAP device takes no frame of %2 bytes: %3</source>
        <translation>%1：TAP 设备不收这个 %2 字节的帧：%3</translation>
    </message>
    <message>
        <source>there is too little address space: each simulated machine, and each view of its past, reserves 8 GiB of it, of which only little is used; `ulimit -v unlimited` lifts the limit</source>
        <translation>地址空间太小：每台模拟的机器、每个看过去的视角都预留 8 GiB，真正用到的很少；`ulimit -v unlimited` 可以解除限制</translation>
    </message>
    <message>
        <source>(an address that is no function)</source>
        <translation>（一个不是函数的地址）</translation>
    </message>
    <message>
        <source>packets of IP protocol %1</source>
        <translation>IP 协议 %1 的包</translation>
    </message>
    <message>
        <source>frames without IPv4</source>
        <translation>没有 IPv4 的帧</translation>
    </message>
    <message>
        <source> are not: nothing happens in this walk</source>
        <translation>不播放：这个走查里什么都不会发生</translation>
    </message>
    <message>
        <source> are not</source>
        <translation>不播放</translation>
    </message>
    <message>
        <source>%1: it is a capture of loopback, where both ends are programs of the host; their TCP and UDP is played, %2%3. Captured between two hosts (tcpdump -i eth0), the same exchange arrives at eth0</source>
        <translation>%1：这是回环上的抓包，两端都是本机的程序；播放其中的 TCP 和 UDP，%2%3。在两台主机之间抓（tcpdump -i eth0），同样的往来就会到达 eth0</translation>
    </message>
    <message>
        <source>%1The simulated kernel speaks IPv4 only; make the same traffic over IPv4 (curl -4, ping -4) and capture that</source>
        <translation>%1模拟的内核只会 IPv4；请用 IPv4 产生同样的流量（curl -4、ping -4）再抓</translation>
    </message>
    <message>
        <source>%1Those of IPv4 and ARP are damaged, or speak of no address; a longer capture of the same network has some</source>
        <translation>%1其中的 IPv4 和 ARP 损坏了，或没有说到地址；在同一网络上抓得久一些就会有</translation>
    </message>
    <message>
        <source>%1Capture where IPv4 packets travel: on an interface of the host that sends them (tcpdump -i any), inside of the tunnel and not around it</source>
        <translation>%1请在 IPv4 包经过的地方抓：在发送主机的接口上（tcpdump -i any），在隧道里面而不是外面</translation>
    </message>
    <message>
        <source>there is nothing to play: host %1 received no frame in it, it only sent %2</source>
        <translation>没有可播放的：主机 %1 在里面没有收到帧，只发过 %2</translation>
    </message>
    <message>
        <source>%1; choose one that received some, such as %2</source>
        <translation>%1；请选一个收到过帧的，例如 %2</translation>
    </message>
    <message>
        <source>%1: it has frames of up to %2 bytes of IP (jumbo frames); the MTU of eth0 is set to that</source>
        <translation>%1：里面有长达 %2 字节 IP 的帧（巨帧）；eth0 的 MTU 设成这么大</translation>
    </message>
    <message>
        <source>%1: %2 frames are longer than any that eth0 can take, %3 bytes of IP; it drops them</source>
        <translation>%1：%2 个帧超过了 eth0 能收的 %3 字节 IP；eth0 丢弃它们</translation>
    </message>
    <message>
        <source>%1: %2 frames bear a VLAN tag; eth0 stands for the interface of that VLAN and gets them without</source>
        <translation>%1：%2 个帧带 VLAN 标签；eth0 代表那个 VLAN 的接口，收到时不带标签</translation>
    </message>
    <message>
        <source>%1: no packet tells an address of host %2; it is %3 here, so that what it was sent arrives</source>
        <translation>%1：没有包说出主机 %2 的地址；这里用 %3，好让发给它的东西到达</translation>
    </message>
    <message>
        <source>%1: no host in it receives anything; the machine is a bystander, %2, and hears what goes to everybody</source>
        <translation>%1：里面没有主机收到过东西；机器是旁观者 %2，听得到发给所有人的东西</translation>
    </message>
    <message>
        <source>%1: no host %2 in it; its hosts are:%3</source>
        <translation>%1：里面没有主机 %2；它的主机有：%3</translation>
    </message>
    <message>
        <source>%1: host %2 has no IPv4 address in it</source>
        <translation>%1：主机 %2 在里面没有 IPv4 地址</translation>
    </message>
    <message>
        <source>a text stands where a number is needed</source>
        <translation>需要数的地方写的是文字</translation>
    </message>
    <message>
        <source>expected the end of the statement before &apos;%1&apos;</source>
        <translation>“%1”之前应是语句的结尾</translation>
    </message>
    <message>
        <source>assert %1 does not hold%2</source>
        <translation>断言 %1 不成立%2</translation>
    </message>
    <message>
        <source>texts are compared by == and != with texts only</source>
        <translation>文字只能用 == 和 != 与文字比较</translation>
    </message>
    <message>
        <source>a shift by %1</source>
        <translation>移了 %1 位</translation>
    </message>
    <message>
        <source>a division by zero</source>
        <translation>除以零</translation>
    </message>
    <message>
        <source>parentheses are nested too deep</source>
        <translation>括号嵌套太深</translation>
    </message>
    <message>
        <source>expected a value before &apos;%1&apos;</source>
        <translation>“%1”之前应有一个值</translation>
    </message>
    <message>
        <source>a text is not closed</source>
        <translation>文字没有结束</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number</source>
        <translation>“%1”不是数</translation>
    </message>
    <message>
        <source>there is no &apos;%1&apos;: neither a variable nor a field of TCP_INFO</source>
        <translation>没有“%1”：它既不是变量，也不是 TCP_INFO 的字段</translation>
    </message>
    <message>
        <source>this code is longer than 16 KiB</source>
        <translation>这段代码超过 16 KiB</translation>
    </message>
    <message>
        <source>expected NAME=VALUE after sysctl, found &apos;%1&apos;</source>
        <translation>sysctl 之后应是 NAME=VALUE，却是“%1”</translation>
    </message>
    <message>
        <source>expected a number for %1, found &apos;%2&apos;</source>
        <translation>%1 应是一个数，却是“%2”</translation>
    </message>
    <message>
        <source>expected a number for %1</source>
        <translation>%1 应是一个数</translation>
    </message>
    <message>
        <source>the sysctl %1 is not one that Sockwalk knows</source>
        <translation>Sockwalk 不认识 sysctl %1</translation>
    </message>
    <message>
        <source>this kernel does not count open files</source>
        <translation>这个内核不数打开的文件</translation>
    </message>
    <message>
        <source>the limit %1 is not one that Sockwalk knows; nofile and file_max are</source>
        <translation>Sockwalk 不认识限制 %1；它认识 nofile 和 file_max</translation>
    </message>
    <message>
        <source>there is no capability cap_%1</source>
        <translation>没有权能 cap_%1</translation>
    </message>
    <message>
        <source>the task has ended</source>
        <translation>任务已经结束</translation>
    </message>
    <message>
        <source>take away</source>
        <translation>拿走</translation>
    </message>
    <message>
        <source>expected NAME=N after &apos;limit&apos;, nofile=3 for instance</source>
        <translation>“limit”之后应是 NAME=N，例如 nofile=3</translation>
    </message>
    <message>
        <source>expected seconds after &apos;wait&apos;, 0.5 for instance, and not more than a day</source>
        <translation>“wait”之后应是秒数，例如 0.5，不超过一天</translation>
    </message>
    <message>
        <source>expected the name of a task after &apos;task&apos;</source>
        <translation>“task”之后应是任务的名字</translation>
    </message>
    <message>
        <source>%1 is not known yet: %2 has not returned</source>
        <translation>还不知道 %1：%2 没有返回</translation>
    </message>
    <message>
        <source>the command &apos;%1&apos; is not played: %2</source>
        <translation>不播放命令“%1”：%2</translation>
    </message>
    <message>
        <source>this machine has no device %1</source>
        <translation>这台机器没有设备 %1</translation>
    </message>
    <message>
        <source>expected ethtool -K DEVICE OFFLOAD on|off</source>
        <translation>应是 ethtool -K DEVICE OFFLOAD on|off</translation>
    </message>
    <message>
        <source>expected tc qdisc add|replace|change|del dev DEVICE root KIND</source>
        <translation>应是 tc qdisc add|replace|change|del dev DEVICE root KIND</translation>
    </message>
    <message>
        <source>tc: fq is played as pfifo; TCP paces by its own timer</source>
        <translation>tc：fq 当作 pfifo 播放；TCP 按自己的定时器匀速发送</translation>
    </message>
    <message>
        <source>tc qdisc %1 on %2: pfifo of %3 packets</source>
        <translation>%2 上的 tc qdisc %1：%3 个包的 pfifo</translation>
    </message>
    <message>
        <source>there is no parameter %1</source>
        <translation>没有参数 %1</translation>
    </message>
    <message>
        <source>expected dd bs=N count=M of=PATH, of at most 1 MiB</source>
        <translation>应是 dd bs=N count=M of=PATH，最多 1 MiB</translation>
    </message>
    <message>
        <source>the file cannot be made</source>
        <translation>建不了这个文件</translation>
    </message>
    <message>
        <source>there is no congestion control &apos;%1&apos; here; reno and cubic are</source>
        <translation>这里没有拥塞控制“%1”；有 reno 和 cubic</translation>
    </message>
    <message>
        <source>unknown name &apos;%1&apos;; expected a constant such as AF_INET or an earlier variable</source>
        <translation>不认识名字“%1”；应是常量，如 AF_INET，或先前的变量</translation>
    </message>
    <message>
        <source>expected an IPv4 address such as &quot;192.0.2.1&quot;</source>
        <translation>应是 IPv4 地址，如 &quot;192.0.2.1&quot;</translation>
    </message>
    <message>
        <source>an IPv6 address is no number</source>
        <translation>IPv6 地址不是数</translation>
    </message>
    <message>
        <source>there is no connection yet that this ICMP error could be about</source>
        <translation>还没有这个 ICMP 差错可以说到的连接</translation>
    </message>
    <message>
        <source>ICMPv6 is not played: this kernel has IPv4 only</source>
        <translation>不播放 ICMPv6：这个内核只有 IPv4</translation>
    </message>
    <message>
        <source>comment opened here is not closed by &apos;*/&apos;</source>
        <translation>这里开始的注释没有用“*/”结束</translation>
    </message>
    <message>
        <source>string opened here is not closed by &apos;&quot;&apos;</source>
        <translation>这里开始的字符串没有用“&quot;”结束</translation>
    </message>
    <message>
        <source>command opened here is not closed by &apos;`&apos;</source>
        <translation>这里开始的命令没有用“`”结束</translation>
    </message>
    <message>
        <source>code opened here is not closed by &apos;}%&apos;</source>
        <translation>这里开始的代码没有用“}%”结束</translation>
    </message>
    <message>
        <source>%1: expected %2 at the end</source>
        <translation>%1：末尾应是 %2</translation>
    </message>
    <message>
        <source> at the end</source>
        <translation>在末尾</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is one word too many</source>
        <translation>%1：“%2”是多余的词</translation>
    </message>
    <message>
        <source>expected a number from %1 to %2, found &apos;%3&apos;</source>
        <translation>应是 %1 到 %2 的数，却是“%3”</translation>
    </message>
    <message>
        <source>expected an IPv4 address, found &apos;%1&apos;</source>
        <translation>应是 IPv4 地址，却是“%1”</translation>
    </message>
    <message>
        <source>there is no network namespace &apos;%1&apos;</source>
        <translation>没有网络命名空间“%1”</translation>
    </message>
    <message>
        <source>there is no device &apos;%1&apos; in this namespace</source>
        <translation>这个命名空间里没有设备“%1”</translation>
    </message>
    <message>
        <source>a number of bytes</source>
        <translation>字节数</translation>
    </message>
    <message>
        <source>the peer&apos;s name</source>
        <translation>对端的名字</translation>
    </message>
    <message>
        <source>an address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>expected a hardware address such as 52:54:00:12:34:56, found &apos;%1&apos;</source>
        <translation>应是硬件地址，如 52:54:00:12:34:56，却是“%1”</translation>
    </message>
    <message>
        <source>a hardware address</source>
        <translation>硬件地址</translation>
    </message>
    <message>
        <source>ip: expected netns, link, addr, route or neigh%1</source>
        <translation>ip：应是 netns、link、addr、route 或 neigh%1</translation>
    </message>
    <message>
        <source>there is no chain &apos;%1&apos;</source>
        <translation>没有链“%1”</translation>
    </message>
    <message>
        <source>iptables: &apos;%1&apos; is not played</source>
        <translation>iptables：不播放“%1”</translation>
    </message>
    <message>
        <source>iptables: ports need -p udp or -p tcp</source>
        <translation>iptables：端口需要 -p udp 或 -p tcp</translation>
    </message>
    <message>
        <source>wire: expected a number with a unit, found &apos;%1&apos;</source>
        <translation>wire：应是带单位的数，却是“%1”</translation>
    </message>
    <message>
        <source>wire: expected a time such as 5ms, found &apos;%1&apos;</source>
        <translation>wire：应是时间，如 5ms，却是“%1”</translation>
    </message>
    <message>
        <source>wire: expected a share such as 1%, found &apos;%1&apos;</source>
        <translation>wire：应是比例，如 1%，却是“%1”</translation>
    </message>
    <message>
        <source>wire: expected a rate such as 100mbit, found &apos;%1&apos;</source>
        <translation>wire：应是速率，如 100mbit，却是“%1”</translation>
    </message>
    <message>
        <source>wire: there is no cable between two hosts; //@link wire lays one</source>
        <translation>wire：两台主机之间没有线缆；用 //@link wire 铺一条</translation>
    </message>
    <message>
        <source>wire: &apos;%1&apos; is not one of delay, loss, reorder, duplicate, held, gather, rate and seed</source>
        <translation>wire：“%1”不是 delay、loss、reorder、duplicate、held、gather、rate、seed 之一</translation>
    </message>
    <message>
        <source>IPv4 does not run on %1</source>
        <translation>%1 上没有 IPv4</translation>
    </message>
    <message>
        <source>there are %1 tasks, as many as the machine has memory for: one has to end, by exit(), before &apos;%2&apos; can begin</source>
        <translation>有 %1 个任务，机器的内存只容得下这么多：要先有一个用 exit() 结束，“%2”才能开始</translation>
    </message>
    <message>
        <source>the name of a system call</source>
        <translation>系统调用的名字</translation>
    </message>
    <message>
        <source>after the name of a system call</source>
        <translation>在系统调用的名字之后</translation>
    </message>
    <message>
        <source>to close the arguments</source>
        <translation>来结束参数</translation>
    </message>
    <message>
        <source>and the result of the call</source>
        <translation>和调用的结果</translation>
    </message>
    <message>
        <source>expected an error name such as EAGAIN, found &apos;%1&apos;</source>
        <translation>应是错误的名字，如 EAGAIN，却是“%1”</translation>
    </message>
    <message>
        <source>note opened here is not closed by &apos;)&apos;</source>
        <translation>这里开始的注没有用“)”结束</translation>
    </message>
    <message>
        <source>nested more than %1 deep</source>
        <translation>嵌套超过 %1 层</translation>
    </message>
    <message>
        <source>to close the list</source>
        <translation>来结束列表</translation>
    </message>
    <message>
        <source>number is too large or too small</source>
        <translation>数太大或太小</translation>
    </message>
    <message>
        <source>to close the argument</source>
        <translation>来结束参数</translation>
    </message>
    <message>
        <source>expected one argument for %1()</source>
        <translation>%1() 应有一个参数</translation>
    </message>
    <message>
        <source>a call such as fd = socket(AF_INET, SOCK_STREAM, 0)</source>
        <translation>一个调用，如 fd = socket(AF_INET, SOCK_STREAM, 0)</translation>
    </message>
    <message>
        <source>nothing after the call</source>
        <translation>调用之后不应再有内容</translation>
    </message>
    <message>
        <source>//@hz may stand only once</source>
        <translation>//@hz 只能出现一次</translation>
    </message>
    <message>
        <source>ticks per second</source>
        <translation>每秒的节拍数</translation>
    </message>
    <message>
        <source>//@machine may stand only once</source>
        <translation>//@machine 只能出现一次</translation>
    </message>
    <message>
        <source>plain or recorded</source>
        <translation>plain 或 recorded</translation>
    </message>
    <message>
        <source>//@link may stand only once</source>
        <translation>//@link 只能出现一次</translation>
    </message>
    <message>
        <source>e1000, veth, wire, lo or tun</source>
        <translation>e1000、veth、wire、lo 或 tun</translation>
    </message>
    <message>
        <source>expected the bytes of the frame in hex</source>
        <translation>应是十六进制的帧字节</translation>
    </message>
    <message>
        <source>expected a text after //@note</source>
        <translation>//@note 之后应有文字</translation>
    </message>
    <message>
        <source>a name for the case</source>
        <translation>用例的名字</translation>
    </message>
    <message>
        <source>the name of a task</source>
        <translation>任务的名字</translation>
    </message>
    <message>
        <source>shares TASK, forks TASK, or nothing</source>
        <translation>shares TASK、forks TASK，或什么都没有</translation>
    </message>
    <message>
        <source>the name of the task that it comes from</source>
        <translation>它所出自的任务的名字</translation>
    </message>
    <message>
        <source>the name of a signal such as SIGUSR1</source>
        <translation>信号的名字，如 SIGUSR1</translation>
    </message>
    <message>
        <source>NAME=N, nofile=3 for instance</source>
        <translation>NAME=N，例如 nofile=3</translation>
    </message>
    <message>
        <source>after the name of a limit</source>
        <translation>在限制的名字之后</translation>
    </message>
    <message>
        <source>the name of a kernel function such as sk_alloc</source>
        <translation>内核函数的名字，如 sk_alloc</translation>
    </message>
    <message>
        <source>which allocation is to fail</source>
        <translation>哪一次分配要失败</translation>
    </message>
    <message>
        <source>or &apos;+&apos; before a capability, -net_raw for instance</source>
        <translation>或在权能之前的“+”，例如 -net_raw</translation>
    </message>
    <message>
        <source>a capability such as net_raw</source>
        <translation>权能，如 net_raw</translation>
    </message>
    <message>
        <source>echo or alone</source>
        <translation>echo 或 alone</translation>
    </message>
    <message>
        <source>the port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>unknown directive //@%1; expected %2</source>
        <translation>不认识的指令 //@%1；应是 %2</translation>
    </message>
    <message>
        <source>&apos;&lt;&apos; (injected) or &apos;&gt;&apos; (expected) after the time of a frame</source>
        <translation>帧的时间之后应是“&lt;”（注入）或“&gt;”（预期）</translation>
    </message>
    <message>
        <source>expected two hex digits for each byte of the frame</source>
        <translation>帧的每个字节应是两位十六进制数</translation>
    </message>
    <message>
        <source>a frame has 65535 bytes at most</source>
        <translation>帧最多 65535 字节</translation>
    </message>
    <message>
        <source>nothing more after //@%1</source>
        <translation>//@%1 之后不应再有内容</translation>
    </message>
    <message>
        <source>encapsulation in </source>
        <translation>封装在 </translation>
    </message>
    <message>
        <source>encapsulation in %1 is not simulated</source>
        <translation>不模拟 %1 里的封装</translation>
    </message>
    <message>
        <source>to close the IP fields</source>
        <translation>来结束 IP 字段</translation>
    </message>
    <message>
        <source>ect01 may stand only in an outbound packet</source>
        <translation>ect01 只能出现在发出的包里</translation>
    </message>
    <message>
        <source>ect0, ect1, ect01, noecn, ce, tos, ttl or flowlabel</source>
        <translation>ect0、ect1、ect01、noecn、ce、tos、ttl 或 flowlabel</translation>
    </message>
    <message>
        <source>the source port</source>
        <translation>源端口</translation>
    </message>
    <message>
        <source>between source and destination port</source>
        <translation>在源端口和目的端口之间</translation>
    </message>
    <message>
        <source>the destination port</source>
        <translation>目的端口</translation>
    </message>
    <message>
        <source>the acknowledgment number</source>
        <translation>确认号</translation>
    </message>
    <message>
        <source>the window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>&apos;win N&apos; (an inbound packet needs its window)</source>
        <translation>“win N”（收到的包需要窗口）</translation>
    </message>
    <message>
        <source>&apos;ack N&apos; or &apos;win N&apos; (an inbound packet needs its window)</source>
        <translation>“ack N”或“win N”（收到的包需要窗口）</translation>
    </message>
    <message>
        <source>the urgent pointer</source>
        <translation>紧急指针</translation>
    </message>
    <message>
        <source>expected TCP flags out of F S R P E W U A and &apos;.&apos;, udp or icmp, found &apos;%1&apos;</source>
        <translation>TCP 标志应取自 F S R P E W U A 和“.”，或是 udp、icmp，却是“%1”</translation>
    </message>
    <message>
        <source>expected a digit from 0 to 7 after &apos;.&apos; in the TCP flags</source>
        <translation>TCP 标志的“.”之后应是 0 到 7 的数字</translation>
    </message>
    <message>
        <source>TCP flags such as S or P. (or &apos;-&apos; for none), udp or icmp</source>
        <translation>TCP 标志，如 S 或 P.（没有就写“-”），udp 或 icmp</translation>
    </message>
    <message>
        <source>the sequence number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>between start and end of the sequence numbers</source>
        <translation>在序号的开头和末尾之间</translation>
    </message>
    <message>
        <source>the end of the sequence numbers</source>
        <translation>序号的末尾</translation>
    </message>
    <message>
        <source>and the payload&apos;s length</source>
        <translation>和载荷的长度</translation>
    </message>
    <message>
        <source>the payload&apos;s length</source>
        <translation>载荷的长度</translation>
    </message>
    <message>
        <source>after the payload&apos;s length</source>
        <translation>在载荷的长度之后</translation>
    </message>
    <message>
        <source>sequence numbers and length do not agree: %1 + %2 is not %3</source>
        <translation>序号与长度不一致：%1 + %2 不等于 %3</translation>
    </message>
    <message>
        <source>an ICMP type such as echo_request</source>
        <translation>ICMP 类型，如 echo_request</translation>
    </message>
    <message>
        <source>unknown ICMP type &apos;%1&apos;; expected echo_request, unreachable, ... or type_N</source>
        <translation>不认识的 ICMP 类型“%1”；应是 echo_request、unreachable … 或 type_N</translation>
    </message>
    <message>
        <source>unknown ICMP code &apos;%1&apos; for type %2; expected frag_needed, ... or code_N</source>
        <translation>类型 %2 没有 ICMP 代码“%1”；应是 frag_needed … 或 code_N</translation>
    </message>
    <message>
        <source>and the quoted payload&apos;s length</source>
        <translation>和所引载荷的长度</translation>
    </message>
    <message>
        <source>the quoted payload&apos;s length</source>
        <translation>所引载荷的长度</translation>
    </message>
    <message>
        <source>after the quoted payload&apos;s length</source>
        <translation>在所引载荷的长度之后</translation>
    </message>
    <message>
        <source>START:END(LENGTH), udp (LENGTH) or raw (LENGTH) of the quoted packet</source>
        <translation>所引包的 START:END(LENGTH)、udp (LENGTH) 或 raw (LENGTH)</translation>
    </message>
    <message>
        <source>to close the quoted packet</source>
        <translation>来结束所引的包</translation>
    </message>
    <message>
        <source>to close the structure</source>
        <translation>来结束结构体</translation>
    </message>
    <message>
        <source>expected a structure&apos;s fields or values between &apos;{&apos; and &apos;}&apos;</source>
        <translation>“{”和“}”之间应是结构体的字段或值</translation>
    </message>
    <message>
        <source>&apos;,&apos; and field %1</source>
        <translation>“,”和字段 %1</translation>
    </message>
    <message>
        <source>and a length after the field&apos;s name</source>
        <translation>和字段名之后的长度</translation>
    </message>
    <message>
        <source>after the length</source>
        <translation>在长度之后</translation>
    </message>
    <message>
        <source>after the field&apos;s name</source>
        <translation>在字段名之后</translation>
    </message>
    <message>
        <source>to close the TCP options</source>
        <translation>来结束 TCP 选项</translation>
    </message>
    <message>
        <source>these TCP options are longer than 40 bytes</source>
        <translation>这些 TCP 选项超过 40 字节</translation>
    </message>
    <message>
        <source>&apos;,&apos; or &apos;&gt;&apos; to close the TCP options</source>
        <translation>“,”，或用来结束 TCP 选项的“&gt;”</translation>
    </message>
    <message>
        <source>these TCP options take %1 bytes; expected a multiple of 4, padded with nop or eol</source>
        <translation>这些 TCP 选项占 %1 字节；应是 4 的倍数，用 nop 或 eol 填充</translation>
    </message>
    <message>
        <source>the md5 digest in hex digits</source>
        <translation>十六进制的 md5 摘要</translation>
    </message>
    <message>
        <source>an md5 digest has 32 hex digits</source>
        <translation>md5 摘要有 32 位十六进制数</translation>
    </message>
    <message>
        <source>the left edge of a SACK block</source>
        <translation>SACK 块的左边界</translation>
    </message>
    <message>
        <source>between the edges of a SACK block</source>
        <translation>在 SACK 块的两个边界之间</translation>
    </message>
    <message>
        <source>the right edge of a SACK block</source>
        <translation>SACK 块的右边界</translation>
    </message>
    <message>
        <source>a Fast Open cookie in hex digits</source>
        <translation>十六进制的 Fast Open cookie</translation>
    </message>
    <message>
        <source>e0b, e1b or ceb after ECN</source>
        <translation>ECN 之后的 e0b、e1b 或 ceb</translation>
    </message>
    <message>
        <source>expected %1, two to a byte, found &apos;%2&apos; (a symbol is given its value by -D SYMBOL=value)</source>
        <translation>应是 %1，两位一个字节，却是“%2”（用 -D SYMBOL=value 给符号赋值）</translation>
    </message>
    <message>
        <source>unknown option --%1</source>
        <translation>不认识的选项 --%1</translation>
    </message>
    <message>
        <source> takes no value</source>
        <translation>不带值</translation>
    </message>
    <message>
        <source>expected a symbol after --define=, found %1</source>
        <translation>--define= 之后应是符号，却是 %1</translation>
    </message>
    <message>
        <source>and a value after --define=SYMBOL</source>
        <translation>和 --define=SYMBOL 之后的值</translation>
    </message>
    <message>
        <source>expected a value for --%1</source>
        <translation>--%1 应有一个值</translation>
    </message>
    <message>
        <source>expected ipv4, ipv6 or ipv4-mapped-ipv6, found %1</source>
        <translation>应是 ipv4、ipv6 或 ipv4-mapped-ipv6，却是 %1</translation>
    </message>
    <message>
        <source>expected at least one event, found none</source>
        <translation>至少应有一个事件，一个也没有</translation>
    </message>
    <message>
        <source>nothing after the clean-up command</source>
        <translation>清理命令之后不应再有内容</translation>
    </message>
    <message>
        <source>options must stand at the top, before commands and events</source>
        <translation>选项必须在最前面，在命令和事件之前</translation>
    </message>
    <message>
        <source>the call %1() ends before it begins</source>
        <translation>调用 %1() 还没开始就结束了</translation>
    </message>
    <message>
        <source>a packet (&apos;&lt;&apos; or &apos;&gt;&apos;), a system call, a `command` or %{ code }% after the time</source>
        <translation>时间之后应是包（“&lt;”或“&gt;”）、系统调用、`command` 或 %{ code }%</translation>
    </message>
    <message>
        <source>the time &apos;*&apos;</source>
        <translation>时间“*”</translation>
    </message>
    <message>
        <source>a range of times</source>
        <translation>一段时间范围</translation>
    </message>
    <message>
        <source>%1 may stand only before an outbound packet</source>
        <translation>%1只能出现在发出的包之前</translation>
    </message>
    <message>
        <source>seconds after &apos;+&apos;</source>
        <translation>“+”之后的秒数</translation>
    </message>
    <message>
        <source>an event: a time such as 0.1, +0.1 or *</source>
        <translation>一个事件：时间，如 0.1、+0.1 或 *</translation>
    </message>
    <message>
        <source>before the second time of a relative range</source>
        <translation>在相对范围的第二个时间之前</translation>
    </message>
    <message>
        <source>the second time of the range</source>
        <translation>范围的第二个时间</translation>
    </message>
    <message>
        <source>the range of times ends before it begins</source>
        <translation>时间范围还没开始就结束了</translation>
    </message>
    <message>
        <source>a time in seconds</source>
        <translation>以秒计的时间</translation>
    </message>
    <message>
        <source>a time must not be negative</source>
        <translation>时间不能是负的</translation>
    </message>
    <message>
        <source>a time must be below 1000000000 seconds</source>
        <translation>时间必须小于 1000000000 秒</translation>
    </message>
    <message>
        <source>two //@case lines before one call or frame</source>
        <translation>一个调用或帧之前有两行 //@case</translation>
    </message>
    <message>
        <source>expected a call after this //@case, found none</source>
        <translation>这个 //@case 之后应有一个调用，却没有</translation>
    </message>
    <message>
        <source>longer than 4 MiB, which no script is</source>
        <translation>超过 4 MiB，没有这么长的脚本</translation>
    </message>
    <message>
        <source>not enough memory to read it</source>
        <translation>没有内存来读它</translation>
    </message>
    <message>
        <source>too long to read</source>
        <translation>太长，读不了</translation>
    </message>
    <message>
        <source>cannot read this file</source>
        <translation>读不了这个文件</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>the definition of %1 is neither a word, a number, &quot;text&quot; nor `command`</source>
        <translation>%1 的定义不是词、数、&quot;text&quot;，也不是 `command`</translation>
    </message>
    <message>
        <source>number does not fit in 64 bits</source>
        <translation>数超过 64 位</translation>
    </message>
    <message>
        <source>%1 must be from %2 to %3, found %4</source>
        <translation>%1 必须在 %2 到 %3 之间，却是 %4</translation>
    </message>
    <message>
        <source>expected two hex digits after \x in this string</source>
        <translation>这个字符串里 \\x 之后应是两位十六进制数</translation>
    </message>
    <message>
        <source>unknown escape in this string; expected \f \n \r \t \v \\ \&quot; or \xHH</source>
        <translation>这个字符串里有不认识的转义；应是 \\f 
 \\r \\t \\v \\\\ \\&quot; 或 \\xHH</translation>
    </message>
    <message>
        <source>more than a day passes before the next stimulus</source>
        <translation>到下一次触发要过一天以上</translation>
    </message>
    <message>
        <source>this is not done at a moment of its own</source>
        <translation>这件事没有自己的时刻</translation>
    </message>
    <message>
        <source>a wait takes a day at most</source>
        <translation>一次等待最多一天</translation>
    </message>
    <message>
        <source>a size of %1 is more than a simulated program has (8 MiB)</source>
        <translation>大小 %1 超过了模拟程序所有的（8 MiB）</translation>
    </message>
    <message>
        <source>expected the bytes to send as &quot;text&quot;, or ... for zeros; found %1</source>
        <translation>要发的字节应写成 &quot;text&quot;，或用 ... 表示零；却是 %1</translation>
    </message>
    <message>
        <source>expected other bytes: the call left %1</source>
        <translation>应是别的字节：调用留下的是 %1</translation>
    </message>
    <message>
        <source>expected ... for a buffer, or the &quot;text&quot; that will come; found %1</source>
        <translation>缓冲区应写成 ...，或写出会来的 &quot;text&quot;；却是 %1</translation>
    </message>
    <message>
        <source>expected an address: {sa_family = AF_INET, sin_port = ...</source>
        <translation>应是地址：{sa_family = AF_INET, sin_port = ...</translation>
    </message>
    <message>
        <source>expected an address: ... or {sa_family = AF_INET, sin_port = htons(N), sin_addr = inet_addr(&quot;A&quot;)}; found %1</source>
        <translation>应是地址：... 或 {sa_family = AF_INET, sin_port = htons(N), sin_addr = inet_addr(&quot;A&quot;)}；却是 %1</translation>
    </message>
    <message>
        <source>expected ... or the address that will come; found %1</source>
        <translation>应是 ...，或会来的地址；却是 %1</translation>
    </message>
    <message>
        <source>expected the address %1, got %2</source>
        <translation>应是地址 %1，得到 %2</translation>
    </message>
    <message>
        <source>the length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>expected an option&apos;s value: [1], &quot;text&quot; or {onoff=1, linger=1}; found %1</source>
        <translation>应是选项的值：[1]、&quot;text&quot; 或 {onoff=1, linger=1}；却是 %1</translation>
    </message>
    <message>
        <source>the option&apos;s value</source>
        <translation>选项的值</translation>
    </message>
    <message>
        <source>the value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>expected a list of {BYTES, LENGTH}</source>
        <translation>应是 {BYTES, LENGTH} 的列表</translation>
    </message>
    <message>
        <source>expected a list of {cmsg_level=..., cmsg_type=..., cmsg_data=...}</source>
        <translation>应是 {cmsg_level=..., cmsg_type=..., cmsg_data=...} 的列表</translation>
    </message>
    <message>
        <source>expected ... or a list of control messages</source>
        <translation>应是 ... 或控制消息的列表</translation>
    </message>
    <message>
        <source>the call gave no such control message</source>
        <translation>调用没有给出这样的控制消息</translation>
    </message>
    <message>
        <source>the control message is damaged</source>
        <translation>控制消息损坏了</translation>
    </message>
    <message>
        <source>the call gave more control messages than the %1 that the script names</source>
        <translation>调用给出的控制消息多于脚本写的 %1 个</translation>
    </message>
    <message>
        <source>the control message has %1 bytes of data only</source>
        <translation>控制消息只有 %1 字节数据</translation>
    </message>
    <message>
        <source>the time stamp (ns)</source>
        <translation>时间戳（ns）</translation>
    </message>
    <message>
        <source>expected revents %1, got %2</source>
        <translation>应是 revents %1，得到 %2</translation>
    </message>
    <message>
        <source>expected events %1, got %2</source>
        <translation>应是 events %1，得到 %2</translation>
    </message>
    <message>
        <source>expected a set of descriptors: [3, 4]; found %1</source>
        <translation>应是描述符的集合：[3, 4]；却是 %1</translation>
    </message>
    <message>
        <source>a set holds descriptors from 0 to 1023</source>
        <translation>集合里是 0 到 1023 的描述符</translation>
    </message>
    <message>
        <source> is not</source>
        <translation>不在</translation>
    </message>
    <message>
        <source>descriptor %1%2 in the set that came back</source>
        <translation>返回的集合里，描述符 %1%2</translation>
    </message>
    <message>
        <source>expected NULL or an offset: [0]</source>
        <translation>应是 NULL 或偏移：[0]</translation>
    </message>
    <message>
        <source>the connection that the capture shows is not there, so its program can do nothing</source>
        <translation>抓包显示的连接并不在，所以它的程序什么也做不了</translation>
    </message>
    <message>
        <source>bind() to the captured port %1</source>
        <translation>bind() 到抓包里的端口 %1</translation>
    </message>
    <message>
        <source>the captured host had more under way: what waits in the socket leaves</source>
        <translation>抓包里的主机在途的更多：套接字里等着的数据发出去</translation>
    </message>
    <message>
        <source>other ports</source>
        <translation>别的端口</translation>
    </message>
    <message>
        <source>and %1 more that could not be done</source>
        <translation>还有 %1 件做不了</translation>
    </message>
    <message>
        <source>tun0 has no link header: //@frame needs //@link e1000</source>
        <translation>tun0 没有链路层头：//@frame 需要 //@link e1000</translation>
    </message>
    <message>
        <source>this kernel has no function %1()</source>
        <translation>这个内核没有函数 %1()</translation>
    </message>
    <message>
        <source>the task %1 is there already</source>
        <translation>任务 %1 已经有了</translation>
    </message>
    <message>
        <source>there is no signal %1</source>
        <translation>没有信号 %1</translation>
    </message>
    <message>
        <source>there is no task %1</source>
        <translation>没有任务 %1</translation>
    </message>
    <message>
        <source>tun0 has no wire with a peer on it: the script itself is the far host</source>
        <translation>tun0 的线上没有对端：脚本自己就是远端主机</translation>
    </message>
    <message>
        <source>the peer knows echo and alone only</source>
        <translation>对端只会 echo 和 alone</translation>
    </message>
    <message>
        <source>the task is still in its call before this one, which nothing has woken</source>
        <translation>任务还在前一个调用里，没有什么唤醒过它</translation>
    </message>
    <message>
        <source>the call was to block, but returned at once</source>
        <translation>调用本该阻塞，却立刻返回了</translation>
    </message>
    <message>
        <source>the call blocks, and nothing is to come that would wake it</source>
        <translation>调用阻塞了，而后面没有什么会唤醒它</translation>
    </message>
    <message>
        <source>the call blocks longer than the script says</source>
        <translation>调用阻塞的时间比脚本说的长</translation>
    </message>
    <message>
        <source>the call returned %1 us %2 than the script says</source>
        <translation>调用比脚本说的%2 %1 us 返回</translation>
    </message>
    <message>
        <source>expected %1%2%3, got the descriptor %4</source>
        <translation>应是 %1%2%3，得到描述符 %4</translation>
    </message>
    <message>
        <source>the packet left %1 us %2 than the script says</source>
        <translation>包比脚本说的%2 %1 us 发出</translation>
    </message>
    <message>
        <source>TCP_INFO is asked of the socket under test, and there is none with a descriptor yet</source>
        <translation>TCP_INFO 要问被测的套接字，而还没有带描述符的套接字</translation>
    </message>
    <message>
        <source>the task is still in a call, so it cannot ask for TCP_INFO</source>
        <translation>任务还在一个调用里，所以问不了 TCP_INFO</translation>
    </message>
    <message>
        <source>%1: --ip_version=ipv6: this kernel speaks IPv4 only</source>
        <translation>%1：--ip_version=ipv6：这个内核只会 IPv4</translation>
    </message>
    <message>
        <source>expected %1, but the machine sent nothing</source>
        <translation>应是 %1，机器却什么都没发</translation>
    </message>
    <message>
        <source>expected %1, but the machine sent %2: %3</source>
        <translation>应是 %1，机器发的却是 %2：%3</translation>
    </message>
    <message>
        <source>byte %1 is not as written; it is %2</source>
        <translation>第 %1 字节与写的不同；它是 %2</translation>
    </message>
    <message>
        <source>descriptor %1 belongs to another task; //@task NAME shares TASK makes a thread that has the same, //@task NAME forks TASK a child with copies</source>
        <translation>描述符 %1 属于另一个任务；//@task NAME shares TASK 创建共用描述符的线程，//@task NAME forks TASK 创建带副本的子进程</translation>
    </message>
    <message>
        <source>descriptor %1 is open already</source>
        <translation>描述符 %1 已经打开</translation>
    </message>
    <message>
        <source>the link </source>
        <translation>链路 </translation>
    </message>
    <message>
        <source>the link %1 is for scripts; %2 is played on e1000</source>
        <translation>链路 %1 是给脚本用的；%2 在 e1000 上播放</translation>
    </message>
    <message>
        <source>expected eth0&apos;s address as 10.0.2.15/24, found &apos;%1&apos;</source>
        <translation>eth0 的地址应写成 10.0.2.15/24，却是“%1”</translation>
    </message>
    <message>
        <source>%1: is a folder; expected a script, a capture or a saved session</source>
        <translation>%1：是个文件夹；应是脚本、抓包或存好的会话</translation>
    </message>
    <message>
        <source>%1: cannot be opened</source>
        <translation>%1：打不开</translation>
    </message>
    <message>
        <source>a session plays one script, one capture or one TAP; more were given</source>
        <translation>一个会话播放一个脚本、一个抓包或一个 TAP；这里给了不止一个</translation>
    </message>
    <message>
        <source>%1: it is no script, so -D has nothing to define</source>
        <translation>%1：它不是脚本，所以 -D 没有什么可定义</translation>
    </message>
    <message>
        <source>%1: it is no capture, so it has no host %2</source>
        <translation>%1：它不是抓包，所以没有主机 %2</translation>
    </message>
    <message>
        <source>%1: it is no capture, so there is nothing to filter</source>
        <translation>%1：它不是抓包，所以没有什么可过滤</translation>
    </message>
    <message>
        <source>the file is cut off: expected more items or the &apos;end&apos; line</source>
        <translation>文件断了：后面应还有内容，或“end”一行</translation>
    </message>
    <message>
        <source>a time in ns</source>
        <translation>以 ns 计的时间</translation>
    </message>
    <message>
        <source>expected two hex digits after &apos;%&apos;</source>
        <translation>“%”之后应是两位十六进制数</translation>
    </message>
    <message>
        <source>not a Sockwalk session: expected &apos;sockwalk-session %1&apos; in the first line</source>
        <translation>不是 Sockwalk 的会话：第一行应是“sockwalk-session %1”</translation>
    </message>
    <message>
        <source>the version of the session format</source>
        <translation>会话格式的版本</translation>
    </message>
    <message>
        <source>this session is in version %1 of the format; this program reads up to version %2</source>
        <translation>这个会话的格式是版本 %1；本程序最高读到版本 %2</translation>
    </message>
    <message>
        <source>ticks per second, 1 to 10000</source>
        <translation>每秒的节拍数，1 到 10000</translation>
    </message>
    <message>
        <source>a position in the journal</source>
        <translation>记录里的位置</translation>
    </message>
    <message>
        <source>expected base64</source>
        <translation>应是 base64</translation>
    </message>
    <message>
        <source>the name of a sysctl</source>
        <translation>sysctl 的名字</translation>
    </message>
    <message>
        <source>expected tap.address, the only sysctl of version 1</source>
        <translation>应是 tap.address，版本 1 只有这个 sysctl</translation>
    </message>
    <message>
        <source>expected &apos;-&apos;: version 1 knew no other task</source>
        <translation>应是“-”：版本 1 没有别的任务</translation>
    </message>
    <message>
        <source>expected eth0: version 1 knew no other device</source>
        <translation>应是 eth0：版本 1 没有别的设备</translation>
    </message>
    <message>
        <source>expected the frame&apos;s bytes in hex</source>
        <translation>应是十六进制的帧字节</translation>
    </message>
    <message>
        <source>the name of a limit</source>
        <translation>限制的名字</translation>
    </message>
    <message>
        <source>a time in ns that is not before the first</source>
        <translation>以 ns 计的时间，不早于第一个</translation>
    </message>
    <message>
        <source>expected %1 or end, found &apos;%2&apos;</source>
        <translation>应是 %1 或 end，却是“%2”</translation>
    </message>
    <message>
        <source>expected &apos;host&apos; and an address after a capture</source>
        <translation>抓包之后应是“host”和一个地址</translation>
    </message>
    <message>
        <source>expected base64 after &apos;=&apos;</source>
        <translation>“=”之后应是 base64</translation>
    </message>
    <message>
        <source>expected the bytes of the capture in the lines after this one, each after &apos;=&apos;</source>
        <translation>抓包的字节应在下面的行里，每行在“=”之后</translation>
    </message>
    <message>
        <source>how many stimuli there are</source>
        <translation>一共多少次触发</translation>
    </message>
    <message>
        <source>the file is damaged: it holds %1 stimuli, which this number denies</source>
        <translation>文件损坏：里面有 %1 次触发，与这个数不符</translation>
    </message>
    <message>
        <source>the file is damaged: its checksum is not that of its contents</source>
        <translation>文件损坏：校验和与内容不符</translation>
    </message>
    <message>
        <source>expected nothing after the &apos;end&apos; line</source>
        <translation>“end”一行之后不应再有内容</translation>
    </message>
    <message>
        <source>%1: not saved: with its capture in it the session would be larger than 256 MiB</source>
        <translation>%1：没有保存：带上抓包，会话会超过 256 MiB</translation>
    </message>
    <message>
        <source>larger than 256 MiB, which no session is</source>
        <translation>超过 256 MiB，没有这么大的会话</translation>
    </message>
    <message>
        <source>this session, saved by an older program, only names its capture, %1, which is not there; put it there or beside the session, open the session and save it again: then the capture is part of it</source>
        <translation>这个会话是旧版程序保存的，只写了抓包的名字 %1，而它不在；把它放到那里或会话旁边，打开会话再保存一次：抓包就成为它的一部分</translation>
    </message>
    <message>
        <source>%1%2, which scripts have no word for</source>
        <translation>%1%2，脚本里没有这个词</translation>
    </message>
    <message>
        <source>no program could be bound to UDP port %1</source>
        <translation>没有程序能绑定 UDP 端口 %1</translation>
    </message>
    <message>
        <source>no structure has %1</source>
        <translation>没有结构体有 %1</translation>
    </message>
    <message>
        <source>nobody writes %1 after event %2</source>
        <translation>事件 %2 之后没有人写 %1</translation>
    </message>
    <message>
        <source>the scenario has no case named %1</source>
        <translation>脚本里没有叫 %1 的用例</translation>
    </message>
    <message>
        <source>this kernel knows no %1 %2</source>
        <translation>这个内核没有 %1 %2</translation>
    </message>
    <message>
        <source>no %1 is alive there</source>
        <translation>那里没有存活的 %1</translation>
    </message>
    <message>
        <source>no sk_buff is alive there</source>
        <translation>那里没有存活的 sk_buff</translation>
    </message>
    <message>
        <source>a buffer has no %1</source>
        <translation>缓冲区没有 %1</translation>
    </message>
    <message>
        <source>%1 has not returned</source>
        <translation>%1 没有返回</translation>
    </message>
    <message>
        <source>%1 is not called there</source>
        <translation>那里没有调用 %1</translation>
    </message>
    <message>
        <source>on eth0</source>
        <translation>在 eth0 上</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number of a step</source>
        <translation>“%1”不是步号</translation>
    </message>
    <message>
        <source>%1 has %2 steps, so there is no step %3</source>
        <translation>%1 有 %2 步，所以没有第 %3 步</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no position: expected a step, &quot;event N&quot;, &quot;stimulus N&quot;, &quot;start&quot;, &quot;end&quot;, the name of a //@case, or a function of the kernel</source>
        <translation>“%1”不是位置：应是步号、&quot;event N&quot;、&quot;stimulus N&quot;、&quot;start&quot;、&quot;end&quot;、//@case 的名字，或内核的函数</translation>
    </message>
    <message>
        <source>%1 is not called in this walk</source>
        <translation>这个走查里没有调用 %1</translation>
    </message>
    <message>
        <source>the record has %1 events, so there is no event %2</source>
        <translation>记录有 %1 个事件，所以没有事件 %2</translation>
    </message>
    <message>
        <source>there is no stimulus &apos;%1&apos; in this walk; the last is number %2</source>
        <translation>这个走查里没有触发“%1”；最后一个是第 %2 个</translation>
    </message>
    <message>
        <source>%1; there is %2</source>
        <translation>%1；有 %2</translation>
    </message>
    <message>
        <source>%1: there is no such file</source>
        <translation>%1：没有这个文件</translation>
    </message>
    <message>
        <source>%1: it is a folder; name a script, a capture or a session</source>
        <translation>%1：是个文件夹；请给出脚本、抓包或会话</translation>
    </message>
    <message>
        <source>%1: it cannot be read: %2</source>
        <translation>%1：读不了：%2</translation>
    </message>
    <message>
        <source>did you mean %1? </source>
        <translation>你是不是想写 %1？</translation>
    </message>
    <message>
        <source>there is no structure &apos;%1&apos; here; %2sockwalk layout --list names them all</source>
        <translation>这里没有结构体“%1”；%2sockwalk layout --list 列出全部</translation>
    </message>
    <message>
        <source>--list names all structures, so &apos;%1&apos; is one word too many</source>
        <translation>--list 列出所有结构体，所以“%1”是多余的词</translation>
    </message>
    <message>
        <source>%1: it names no //@case, so there is nothing to write</source>
        <translation>%1：它没有 //@case，所以没有什么可写</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; cannot be a file&apos;s name</source>
        <translation>%1：“%2”不能做文件名</translation>
    </message>
    <message>
        <source>%1: case %2 was there before; this one replaces it</source>
        <translation>%1：用例 %2 先前有过；用这一个代替</translation>
    </message>
    <message>
        <source>%1: cannot be created: %2</source>
        <translation>%1：建不了：%2</translation>
    </message>
    <message>
        <source>--filter: none of its frames fits &apos;%1&apos;</source>
        <translation>--filter：它的帧没有一个符合“%1”</translation>
    </message>
    <message>
        <source>one of %1; without it, window</source>
        <translation>下面之一：%1；不给就是 window</translation>
    </message>
    <message>
        <source>the topic lesson wants a lesson.md, not &apos;%1&apos;</source>
        <translation>lesson 主题要 lesson.md，不是“%1”</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>应是%1</translation>
    </message>
    <message>
        <source>expected %1, found %2</source>
        <translation>应是%1，却是%2</translation>
    </message>
    <message>
        <source>the captured host&apos;s send buffer had grown larger</source>
        <translation>抓包里的主机的发送缓冲区增大过</translation>
    </message>
    <message>
        <source>%1: frames that show a packet again, further on its way: %2. The host had it once, so they are not played</source>
        <translation>%1：又一次显示同一个包在后面路上的帧：%2。主机只有过它一次，所以不播放这些帧</translation>
    </message>
    <message>
        <source>%1: of the data that was cut off only the length is known; programs send and get zeros in its place</source>
        <translation>%1：截掉的数据只知道长度；程序用零代替来收发</translation>
    </message>
    <message>
        <source>%1: bytes that were acknowledged, but are in no frame of it: %2. Zeros stand for them</source>
        <translation>%1：已得到确认却不在任何帧里的字节：%2。用零代替</translation>
    </message>
    <message>
        <source>the scenario is no capture of a host, so it has no frame %1</source>
        <translation>这不是一台主机的抓包，所以没有第 %1 帧</translation>
    </message>
    <message>
        <source>the capture has no frame %1, it has %2</source>
        <translation>抓包没有第 %1 帧，它有 %2 帧</translation>
    </message>
    <message>
        <source>frame %1 is nowhere in the walk: %2</source>
        <translation>走查里没有第 %1 帧：%2</translation>
    </message>
    <message>
        <source>frame %1 has no %2</source>
        <translation>第 %1 帧没有 %2</translation>
    </message>
    <message>
        <source>%1: it is no capture, so there is no host to relive</source>
        <translation>%1：它不是抓包，所以没有主机可以重演</translation>
    </message>
    <message>
        <source>%1: not saved: there is not enough memory</source>
        <translation>%1：没有保存：内存不够了</translation>
    </message>
    <message>
        <source>the filter &apos;%1&apos;</source>
        <translation>过滤条件“%1”</translation>
    </message>
    <message>
        <source>cannot capture on %1: </source>
        <translation>在 %1 上抓不了包：</translation>
    </message>
    <message>
        <source>capture on %1 ended: </source>
        <translation>%1 上的抓包结束了：</translation>
    </message>
    <message>
        <source>there is nothing to play: no host in it has an IPv4 address. Its frames: %1. </source>
        <translation>没有可以重放的：里面没有一台主机有 IPv4 地址。它的帧：%1。</translation>
    </message>
    <message>
        <source>%1: TCP connections that were open before it begins: %2. They are adopted where it first shows them; what their SYNs had agreed on, such as how windows are scaled, is guessed</source>
        <translation>%1：在它开始之前就打开的 TCP 连接有 %2 个。从它第一次出现的地方接手；它们的 SYN 商定了什么（例如窗口怎样缩放），只能猜</translation>
    </message>
    <message>
        <source>%1: TCP connections whose handshake is not whole in it, or was TCP Fast Open&apos;s, which is not simulated: %2. They are adopted behind their handshake; what their SYNs had agreed on, such as how windows are scaled, is guessed where it is not there</source>
        <translation>%1：握手不完整、或者用了 TCP Fast Open（没有模拟）的 TCP 连接有 %2 个。从握手之后接手；它们的 SYN 商定了什么（例如窗口怎样缩放），里面没有的只能猜</translation>
    </message>
    <message>
        <source>nothing called &apos;%1&apos; is alive at this moment</source>
        <translation>此刻没有叫“%1”的存活着</translation>
    </message>
    <message>
        <source>only this picture; may be said again: %1</source>
        <translation>只画这一张；可以多次给出：%1</translation>
    </message>
    <message>
        <source>only at this size; may be said again: %1 type</source>
        <translation>只画这个尺寸；可以多次给出：%1（大字号）</translation>
    </message>
    <message>
        <source>this is no whole zip file: </source>
        <translation>这不是完整的 zip 文件：</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>它结束得太早</translation>
    </message>
    <message>
        <source>this is no whole zip file: %1</source>
        <translation>这不是完整的 zip 文件：%1</translation>
    </message>
    <message>
        <source>it is larger than a bundle may be when it is unpacked</source>
        <translation>解开后超过了课程包允许的大小</translation>
    </message>
    <message>
        <source>an entry&apos;s name is not UTF-8</source>
        <translation>有一个文件名不是 UTF-8</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a link or a device, no file</source>
        <translation>“%1”是链接或设备，不是文件</translation>
    </message>
    <message>
        <source>there are more than %1 files in it</source>
        <translation>其中的文件超过 %1 个</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is in it twice</source>
        <translation>“%1”在其中出现了两次</translation>
    </message>
    <message>
        <source>there is no file in it</source>
        <translation>其中没有文件</translation>
    </message>
    <message>
        <source>-o takes the name of a .pcapng, a .json, a .html or a .zip file, not &apos;%1&apos;</source>
        <translation>-o 后面是 .pcapng、.json、.html 或 .zip 文件名，而不是“%1”</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no address of a class: it looks like 192.168.1.5:7420/482913</source>
        <translation>“%1”不是课堂地址：它的样子是 192.168.1.5:7420/482913</translation>
    </message>
    <message>
        <source>there is no class with the code %1 at %2</source>
        <translation>%2 上没有代码为 %1 的课堂</translation>
    </message>
    <message>
        <source>too many wrong codes came from here: wait a minute</source>
        <translation>从这里来的错误代码太多：请等一分钟</translation>
    </message>
    <message>
        <source>%1:%2 does not answer as a class does</source>
        <translation>%1:%2 的回答不像一个课堂</translation>
    </message>
    <message>
        <source>the teacher&apos;s machine does not answer</source>
        <translation>老师的机器没有回答</translation>
    </message>
    <message>
        <source>this question is not open any more</source>
        <translation>这个问题已经不再开放</translation>
    </message>
    <message>
        <source>port %1 of %2 cannot be listened on: another program has it, or the address is not this machine&apos;s</source>
        <translation>无法在 %2 的端口 %1 上监听：它被别的程序占用，或者该地址不属于本机</translation>
    </message>
    <message>
        <source>the other end does not speak as a shared walk does</source>
        <translation>对方说的不是共享走查的语言</translation>
    </message>
    <message>
        <source>page/%1 is missing in the program&apos;s data, so no page can be made</source>
        <translation>程序数据中缺少 page/%1，无法生成网页</translation>
    </message>
    <message>
        <source>a page needs at least one step: it ends where it begins</source>
        <translation>网页至少需要一步：它的起点就是终点</translation>
    </message>
    <message>
        <source>%1 steps are too many for a page: it holds %2; take a stretch of them</source>
        <translation>%1 步对一张网页来说太多：它能容纳 %2 步；请取其中一段</translation>
    </message>
    <message>
        <source>stopped: no page is written</source>
        <translation>已停止：没有写出网页</translation>
    </message>
    <message>
        <source>push, put or pull</source>
        <translation>push、put 或 pull</translation>
    </message>
    <message>
        <source>the name of a kernel function such as dev_hard_start_xmit</source>
        <translation>内核函数名，例如 dev_hard_start_xmit</translation>
    </message>
    <message>
        <source>no sk_buff was handed to that function any more</source>
        <translation>之后再没有 sk_buff 交给那个函数</translation>
    </message>
    <message>
        <source>expected skb push, put or pull, and how many bytes</source>
        <translation>应为 skb push、put 或 pull，再加字节数</translation>
    </message>
    <message>
        <source>%1() is handed no sk_buff</source>
        <translation>%1() 的参数里没有 sk_buff</translation>
    </message>
    <message>
        <source>the skb call that was ordered before still waits for its sk_buff</source>
        <translation>之前安排的 skb 调用还在等它的 sk_buff</translation>
    </message>
    <message>
        <source>%1 and %2 have no member in common: one is a %3, the other a %4</source>
        <translation>%1 与 %2 没有共同的成员：一个是 %3，另一个是 %4</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>下面之一：%1</translation>
    </message>
    <message>
        <source>the topic %1 wants a name</source>
        <translation>主题 %1 要带一个名字</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: only the topics structures, link, tables, heat, compare and find take a name</source>
        <translation>“%1”：只有主题 structures、link、tables、heat、compare 和 find 带名字</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: only the topic compare takes two names</source>
        <translation>“%1”：只有 compare 主题可以带两个名字</translation>
    </message>
    <message>
        <source>there is no table &apos;%1&apos;; there is ops, %2</source>
        <translation>没有叫“%1”的表；有 ops、%2</translation>
    </message>
    <message>
        <source>--page %1 takes no further words</source>
        <translation>--page %1 后面不再带别的词</translation>
    </message>
    <message>
        <source>the view structure has the pages members, groups, memory, heat, compare [OTHER] and find VALUE, not &apos;%1&apos;</source>
        <translation>视图 structure 有 members、groups、memory、heat、compare [OTHER] 和 find VALUE 这些页，没有“%1”</translation>
    </message>
    <message>
        <source>the view tables has the page ops, and one for each table that has entries, not &apos;%1&apos;</source>
        <translation>视图 tables 有 ops 页，每张有内容的表也各有一页，没有“%1”</translation>
    </message>
    <message>
        <source>after this moment %1 is not called</source>
        <translation>这一刻之后没有调用 %1</translation>
    </message>
    <message>
        <source>%1 has no argument %2</source>
        <translation>%1 没有第 %2 个参数</translation>
    </message>
    <message>
        <source>no line of the source runs there</source>
        <translation>那里没有源码行在运行</translation>
    </message>
    <message>
        <source>&apos;%1&apos; counts with what is no number</source>
        <translation>&apos;%1&apos; 用不是数的东西计算</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number that can be said</source>
        <translation>&apos;%1&apos; 不是说得出的数</translation>
    </message>
    <message>
        <source>%1: it has more than %2 events</source>
        <translation>%1：事件超过 %2 个</translation>
    </message>
    <message>
        <source>after event %1 there is no %2</source>
        <translation>事件 %1 之后没有 %2</translation>
    </message>
    <message>
        <source>%1: it is there already, and is left as it is</source>
        <translation>%1：已经有了，保持原样</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made</source>
        <translation>%1：无法创建文件夹</translation>
    </message>
    <message>
        <source>%1: it is a link or a device; put the file itself there</source>
        <translation>%1：是链接或设备；请放入文件本身</translation>
    </message>
    <message>
        <source>%1: it is larger than a bundle may be when it is unpacked</source>
        <translation>%1：解开后超过了课程包允许的大小</translation>
    </message>
    <message>
        <source>%1: it cannot be read</source>
        <translation>%1：无法读取</translation>
    </message>
    <message>
        <source>%1: there is no lesson.md in it</source>
        <translation>%1：里面没有 lesson.md</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no name for a lesson</source>
        <translation>%1：“%2”不能作课程的名字</translation>
    </message>
    <message>
        <source>%1: it is larger than a bundle may be</source>
        <translation>%1：超过了课程包允许的大小</translation>
    </message>
    <message>
        <source>%1: a bundle is unpacked before it is played; see: sockwalk help lesson</source>
        <translation>%1：课程包要先解开再运行；见 sockwalk help lesson</translation>
    </message>
    <message>
        <source>%1: the results were kept by a later version of the program</source>
        <translation>%1：成绩是由更新版本的程序保存的</translation>
    </message>
    <message>
        <source>%1: no results are in it: %2</source>
        <translation>%1：里面没有成绩：%2</translation>
    </message>
    <message>
        <source>%1 takes no folder</source>
        <translation>%1 不带文件夹</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: a bundle is a file .swlesson</source>
        <translation>“%1”：课程包是 .swlesson 文件</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: questions are written as .gift or .xml</source>
        <translation>“%1”：问题写成 .gift 或 .xml 文件</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: results are written as .csv or .json</source>
        <translation>“%1”：成绩写成 .csv 或 .json 文件</translation>
    </message>
    <message>
        <source>You have wandered off; the teacher is at %1.</source>
        <translation>你已离开老师的位置；老师在%1。</translation>
    </message>
    <message>
        <source>a packet is sent by hand where a script plays, and none does</source>
        <translation>只有在播放脚本时才能手工发包，现在没有脚本</translation>
    </message>
    <message>
        <source>&apos;&lt;&apos; and a packet that arrives</source>
        <translation>&apos;&lt;&apos; 和一个到达的包</translation>
    </message>
    <message>
        <source>nothing after the packet</source>
        <translation>包的后面没有别的</translation>
    </message>
    <message>
        <source>what is played here has its own packets: by hand they arrive in a script only</source>
        <translation>这里播放的东西有自己的包：只有脚本里才能手工发包</translation>
    </message>
    <message>
        <source>between two hosts only their own packets travel; &apos;wire loss 10%&apos; for instance makes them get lost</source>
        <translation>两台主机之间只有它们自己的包；例如 &apos;wire loss 10%&apos; 会让包丢失</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number that could be more or less</source>
        <translation>&apos;%1&apos; 不是可以比多少的数</translation>
    </message>
    <message>
        <source>in the other run: %1</source>
        <translation>在另一次运行里：%1</translation>
    </message>
    <message>
        <source>at this moment another call is in the middle of its way</source>
        <translation>此刻另一个调用正走到一半</translation>
    </message>
    <message>
        <source>%1 cannot be asked there</source>
        <translation>那里不能问 %1</translation>
    </message>
    <message>
        <source>%1: nobody&apos;s name is in it: %2</source>
        <translation>%1：里面没有人名：%2</translation>
    </message>
    <message>
        <source>&apos;member tcp_sock.sk_prot&apos;, &apos;node inet_create&apos;, &apos;bytes 16..35&apos;, &apos;line socket.cpp:120&apos; or &apos;packet 3&apos;</source>
        <translation>&apos;member tcp_sock.sk_prot&apos;、&apos;node inet_create&apos;、&apos;bytes 16..35&apos;、&apos;line socket.cpp:120&apos; 或 &apos;packet 3&apos;</translation>
    </message>
    <message>
        <source>&apos;member tcp_sock.sk_prot&apos;</source>
        <translation>&apos;member tcp_sock.sk_prot&apos;</translation>
    </message>
    <message>
        <source>&apos;bytes 16..35&apos;, counted from head</source>
        <translation>&apos;bytes 16..35&apos;，从 head 数起</translation>
    </message>
    <message>
        <source>%1 is not called in what runs there</source>
        <translation>那里运行的调用里没有 %1</translation>
    </message>
    <message>
        <source>the buffer has %1 bytes there</source>
        <translation>那里的缓冲区有 %1 字节</translation>
    </message>
    <message>
        <source>there is no packet %1, there are %2</source>
        <translation>没有第 %1 个包，一共 %2 个</translation>
    </message>
    <message>
        <source>The class has the question. %1</source>
        <translation>全班已收到问题。%1</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: a handout is written as .pdf or .html</source>
        <translation>“%1”：讲义写成 .pdf 或 .html</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is none of its labs: %2</source>
        <translation>&apos;%1&apos; 不是它的实验：%2</translation>
    </message>
    <message>
        <source>%1: a script may not be used; what is typed is in a file .lines</source>
        <translation>%1：不能用脚本；键入的内容放在 .lines 文件里</translation>
    </message>
    <message>
        <source>this kernel does not have %1() yet; did you mean %2()?</source>
        <translation>这个内核还没有 %1()；你是想说 %2() 吗？</translation>
    </message>
    <message>
        <source>this kernel does not have %1() yet</source>
        <translation>这个内核还没有 %1()</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: several lessons are written as one .pdf, or as a folder of pages</source>
        <translation>&apos;%1&apos;：几课写成一份 .pdf，或一个文件夹的网页</translation>
    </message>
    <message>
        <source>expected two numbers for %1, found &apos;%2&apos;</source>
        <translation>%1 应是两个数，却是“%2”</translation>
    </message>
    <message>
        <source>expected for %1 ports from 1024 to 65535, the lower one first, found &apos;%2&apos;</source>
        <translation>%1 应是 1024 到 65535 之间的端口，小的在前，却是“%2”</translation>
    </message>
    <message>
        <source>expected for %1 a number from 0 to 2147483647, found &apos;%2&apos;</source>
        <translation>%1 应是 0 到 2147483647 之间的数，却是“%2”</translation>
    </message>
    <message>
        <source>expected for %1 a port from 0 to %2, from where on the kernel chooses ports itself, found &apos;%3&apos;</source>
        <translation>%1 应是 0 到 %2 之间的端口，从 %2 起由内核自己挑选，却是“%3”</translation>
    </message>
    <message>
        <source>of a script&apos;s own lines only &apos;//@task NAME&apos; may be typed, not &apos;%1&apos;</source>
        <translation>脚本自己的行里，只有“//@task NAME”可以输入，“%1”不行</translation>
    </message>
    <message>
        <source>the sysctl %1 would have no effect: nothing in Sockwalk&apos;s kernel asks for it</source>
        <translation>sysctl %1 不会起作用：Sockwalk 的内核里没有哪里会用到它</translation>
    </message>
    <message>
        <source>expected a place after //@answer, event drop for instance</source>
        <translation>//@answer 后面应是一个位置，例如 event drop</translation>
    </message>
    <message>
        <source>expected below this //@answer, after &apos;//@ &apos;, what there is to see</source>
        <translation>这个 //@answer 下面应有以“//@ ”开头的行，说明能看到什么</translation>
    </message>
    <message>
        <source>&apos;//@&apos; and a blank carries on a //@frame, //@note or //@answer, but none stands right above</source>
        <translation>“//@”加空格是接着上面的 //@frame、//@note 或 //@answer 写，可正上方没有</translation>
    </message>
    <message>
        <source>the sysctl %1 changes nothing here</source>
        <translation>sysctl %1 在这里什么也不改变</translation>
    </message>
    <message>
        <source>the view buffer has the pages one and beside, not &apos;%1&apos;</source>
        <translation>视图 buffer 有 one 和 beside 这两页，没有“%1”</translation>
    </message>
    <message>
        <source>expected a number of seconds after sleep</source>
        <translation>sleep 后面应当是秒数</translation>
    </message>
    <message>
        <source>expected on or off after %1</source>
        <translation>%1 后面应当是 on 或 off</translation>
    </message>
    <message>
        <source>no offload is called %1</source>
        <translation>没有叫 %1 的卸载功能</translation>
    </message>
    <message>
        <source>no device here has %1</source>
        <translation>这里没有设备具备 %1</translation>
    </message>
    <message>
        <source>of %1 only limit is known, found %2</source>
        <translation>%1 的参数只认得 limit，却遇到 %2</translation>
    </message>
    <message>
        <source>expected add, replace, change or del, found %1</source>
        <translation>应当是 add、replace、change 或 del，却遇到 %1</translation>
    </message>
    <message>
        <source>the discipline %1 is not simulated; pfifo and fq are, and wire delays, loses and slows down between two hosts</source>
        <translation>没有模拟排队规则 %1；模拟了 pfifo 和 fq，两台主机之间的延迟、丢失和限速由 wire 来做</translation>
    </message>
    <message>
        <source>of ip tcp_metrics only flush is known</source>
        <translation>ip tcp_metrics 只认得 flush</translation>
    </message>
    <message>
        <source>iptables: the match &apos;%1&apos; is not played</source>
        <translation>iptables：不支持匹配 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>iptables: &apos;!&apos; is played before -s and -d only</source>
        <translation>iptables：&apos;!&apos; 只能放在 -s 和 -d 前面</translation>
    </message>
    <message>
        <source>there is no attribute %1</source>
        <translation>没有属性 %1</translation>
    </message>
    <message>
        <source>expected attributes: [NAME=VALUE, ...]; found %1</source>
        <translation>应该是属性 [NAME=VALUE, ...]，见到的是 %1</translation>
    </message>
    <message>
        <source>this message has no &apos;%1&apos;; it has %2</source>
        <translation>这种消息没有“%1”；它有 %2</translation>
    </message>
    <message>
        <source>the message that came has no attribute %1</source>
        <translation>收到的消息没有属性 %1</translation>
    </message>
    <message>
        <source>expected %1 of the bytes %2, got %3</source>
        <translation>%1 应该是字节 %2，收到的是 %3</translation>
    </message>
    <message>
        <source>expected a message of type %1, got %2</source>
        <translation>应该是 %1 类型的消息，收到的是 %2</translation>
    </message>
    <message>
        <source>the call gave no such message</source>
        <translation>调用没有给出这样的消息</translation>
    </message>
    <message>
        <source>the call gave more messages than the script names; write ... behind the last</source>
        <translation>调用给出的消息比脚本写的多；在最后一条后面写 ...</translation>
    </message>
    <message>
        <source>no device is called &apos;%1&apos; here</source>
        <translation>这里没有叫 &apos;%1&apos; 的设备</translation>
    </message>
    <message>
        <source>%1 has %2 bytes only</source>
        <translation>%1 只有 %2 个字节</translation>
    </message>
    <message>
        <source>a filter in words looks at link and IP headers, and the filter of this socket sees a packet from the header of its own protocol on: write instructions, {code, jt, jf, k} each</source>
        <translation>用文字写的过滤器看的是链路层头和 IP 头，而这个套接字的过滤器从自己协议的头开始看：请写成指令，每条是 {code, jt, jf, k}</translation>
    </message>
    <message>
        <source>expected an instruction, {code, jt, jf, k}; found %1</source>
        <translation>这里应是一条指令 {code, jt, jf, k}，实际是 %1</translation>
    </message>
    <message>
        <source>expected a filter: &quot;udp port 53&quot;, or [{code, jt, jf, k}, ...]; found %1</source>
        <translation>这里应是过滤器：&quot;udp port 53&quot; 或 [{code, jt, jf, k}, ...]，实际是 %1</translation>
    </message>
    <message>
        <source>expected another address: got port %1, groups %2</source>
        <translation>地址不对：得到端口 %1，组 %2</translation>
    </message>
    <message>
        <source>expected a name: &quot;/tmp/name&quot;, or for an abstract one &quot;\x00name&quot;</source>
        <translation>应是名字：&quot;/tmp/name&quot;；抽象名写成 &quot;\x00name&quot;</translation>
    </message>
    <message>
        <source>a name of a local socket has at most 108 bytes</source>
        <translation>本地套接字的名字最多 108 字节</translation>
    </message>
    <message>
        <source>expected an address of the family %1, got one of %2</source>
        <translation>应是族 %1 的地址，得到的是族 %2 的</translation>
    </message>
    <message>
        <source>expected the name %1, got %2</source>
        <translation>应是名字 %1，得到 %2</translation>
    </message>
    <message>
        <source>so many descriptors:</source>
        <translation>描述符个数：</translation>
    </message>
    <message>
        <source>the option --%1 changes nothing here</source>
        <translation>选项 --%1 在这里什么也不改变</translation>
    </message>
    <message>
        <source>of ip these are known: netns add, link add, link set, addr add and del, route add and del, neigh add and del, tcp_metrics flush</source>
        <translation>ip 认得的有：netns add、link add、link set、addr add 和 del、route add 和 del、neigh add 和 del、tcp_metrics flush</translation>
    </message>
    <message>
        <source>() was not called any more: nothing failed</source>
        <translation>() 没有再被调用：没有任何失败发生</translation>
    </message>
    <message>
        <source>() asked for no such memory: nothing failed</source>
        <translation>() 没有申请过这样的内存：没有任何失败发生</translation>
    </message>
    <message>
        <source>code in %{ }%</source>
        <translation>%{ }% 里的代码</translation>
    </message>
    <message>
        <source>another host</source>
        <translation>另一台主机</translation>
    </message>
    <message>
        <source>the Linux of 2.6 is here only as far as sockets are made: it has %1, not %2()</source>
        <translation>2.6 的 Linux 在这里只做到创建套接字：它有 %1，没有 %2()</translation>
    </message>
    <message>
        <source>the Linux of 2.6 is here without devices and packets: it has no %1</source>
        <translation>2.6 的 Linux 在这里没有设备和数据包：它没有%1</translation>
    </message>
    <message>
        <source>%1: the kernel says %2</source>
        <translation>%1：内核答复 %2</translation>
    </message>
    <message>
        <source>modprobe: there is no module &apos;%1&apos; on this machine&apos;s disk; %2 are</source>
        <translation>modprobe：这台机器的磁盘上没有模块“%1”；有的是 %2</translation>
    </message>
    <message>
        <source>a path in kernel.modprobe has at most %1 bytes</source>
        <translation>kernel.modprobe 里的路径最多 %1 个字节</translation>
    </message>
    <message>
        <source>kernel.modules_disabled can only be set to 1, and not be taken back</source>
        <translation>kernel.modules_disabled 只能设为 1，而且不能收回</translation>
    </message>
    <message>
        <source>expected the name of one module after %1; on this machine&apos;s disk are %2</source>
        <translation>%1 后面应当是一个模块的名字；这台机器的磁盘上有 %2</translation>
    </message>
    <message>
        <source>//@era may stand only once</source>
        <translation>//@era 只能出现一次</translation>
    </message>
    <message>
        <source>//@link, //@hz, //@machine, //@era and //@answer must stand before the first event</source>
        <translation>//@link、//@hz、//@machine、//@era 和 //@answer 必须放在第一个事件之前</translation>
    </message>
    <message>
        <source>the Linux of 2.6 is for scripts; %1 is played on 6.1</source>
        <translation>2.6 的 Linux 只用于脚本；%1 在 6.1 上播放</translation>
    </message>
    <message>
        <source>the view eras has the pages %1, not &apos;%2&apos;</source>
        <translation>视图 eras 的页是 %1，没有“%2”</translation>
    </message>
    <message>
        <source>both kernels play scripts; the Linux of 2.6 is here without devices, so it plays no packets of a file or a wire</source>
        <translation>两个内核都播放脚本；但这里的 Linux 2.6 没有设备，所以不播放文件里或线路上的包</translation>
    </message>
    <message>
        <source>; did you mean %1?</source>
        <translation>；你是不是想写 %1？</translation>
    </message>
    <message>
        <source>there is no structure &apos;%1&apos; of both %2 and %3 here%4</source>
        <translation>这里没有 %2 和 %3 都有的结构体“%1”%4</translation>
    </message>
    <message>
        <source>%1: the types will have this name; give the core another, moment.core for instance</source>
        <translation>%1：这个名字要留给类型文件；请给 core 另取一个，例如 moment.core</translation>
    </message>
    <message>
        <source>port %1 cannot be listened at: %2</source>
        <translation>不能监听端口 %1：%2</translation>
    </message>
    <message>
        <source>debuggers are told of the Linux of 6.1 only, and this walk is of 2.6</source>
        <translation>调试器只能看 Linux 6.1，这个走查是 2.6 的</translation>
    </message>
    <message>
        <source>the command &apos;%1&apos; is not played; Sockwalk knows sysctl, ip, iptables, wire, skb, ring, modprobe, rmmod, tc, ethtool and the suites&apos; defaults.sh and set_sysctls.py</source>
        <translation>命令“%1”不会执行；Sockwalk 认识 sysctl、ip、iptables、wire、skb、ring、modprobe、rmmod、tc、ethtool，以及测试套件的 defaults.sh 和 set_sysctls.py</translation>
    </message>
    <message>
        <source>expected ring FD back N, two numbers; found &apos;%1&apos;</source>
        <translation>应为 ring FD back N，两个数；却是“%1”</translation>
    </message>
    <message>
        <source>descriptor %1 is no packet socket with a ring (PACKET_RX_RING)</source>
        <translation>描述符 %1 不是带环（PACKET_RX_RING）的 packet 套接字</translation>
    </message>
    <message>
        <source>expected ring FD back N</source>
        <translation>应为 ring FD back N</translation>
    </message>
    <message>
        <source>the ring has %1 parts, counted from 0</source>
        <translation>这个环有 %1 份，从 0 数起</translation>
    </message>
    <message>
        <source> cache line</source>
        <translation> 个缓存行</translation>
    </message>
    <message>
        <source> cache lines</source>
        <translation> 个缓存行</translation>
    </message>
    <message>
        <source>what to reject with</source>
        <translation>用什么来拒绝</translation>
    </message>
    <message>
        <source>iptables: &apos;%1&apos; is nothing that REJECT answers</source>
        <translation>iptables：REJECT 不会用“%1”来回答</translation>
    </message>
    <message>
        <source>iptables: of two ports the lower one first, not &apos;%1&apos;</source>
        <translation>iptables：两个端口要小的在前，而不是“%1”</translation>
    </message>
    <message>
        <source>iptables: one address is played, not a range such as &apos;%1&apos;</source>
        <translation>iptables：只播放单个地址，不播放“%1”这样的范围</translation>
    </message>
    <message>
        <source>the target &apos;%1&apos; is not played; ACCEPT, DROP, REJECT, SNAT, DNAT, MASQUERADE and REDIRECT are</source>
        <translation>目标“%1”不播放；能播放的是 ACCEPT、DROP、REJECT、SNAT、DNAT、MASQUERADE 和 REDIRECT</translation>
    </message>
    <message>
        <source>iptables: the table &apos;nat&apos; is not for filtering, and nothing is dropped there</source>
        <translation>iptables：表“nat”不是用来过滤的，那里什么也不丢弃</translation>
    </message>
    <message>
        <source>iptables: of this match %1 is played, and must be there</source>
        <translation>iptables：这个匹配只播放 %1，而且必须写上</translation>
    </message>
    <message>
        <source>iptables: &apos;%1&apos; is no state of a connection</source>
        <translation>iptables：“%1”不是连接的状态</translation>
    </message>
    <message>
        <source>the table &apos;%1&apos; is not played; filter, mangle and nat are</source>
        <translation>表“%1”不播放；能播放的是 filter、mangle 和 nat</translation>
    </message>
    <message>
        <source>the policy of a chain is ACCEPT or DROP, not &apos;%1&apos;</source>
        <translation>链的策略是 ACCEPT 或 DROP，而不是“%1”</translation>
    </message>
</context>
<context>
    <name>NestingLayout</name>
    <message>
        <source>%1 · slab %2 · %3 bytes</source>
        <translation>%1 · slab %2 · %3 字节</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1 … %2</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>%1 and %2 lie side by side in one struct socket_alloc: the file system&apos;s half and the network&apos;s half of one socket.</source>
        <translation>%1 和 %2 并排放在同一个 struct socket_alloc 里：一个套接字，一半归文件系统，一半归网络。</translation>
    </message>
    <message>
        <source>Linux has the family %1, built in, but Sockwalk does not simulate it: here net_families[%1] holds NULL.</source>
        <translation>Linux 内建了协议族 %1，但 Sockwalk 没有模拟它：这里 net_families[%1] 是 NULL。</translation>
    </message>
    <message>
        <source>Nobody has registered the family %1: net_families[] holds NULL there.</source>
        <translation>没有人注册过协议族 %1：net_families[] 的这一项是 NULL。</translation>
    </message>
    <message>
        <source>net_families[%1] is %2: this family will make the socket.</source>
        <translation>net_families[%1] 是 %2：套接字由这个协议族来创建。</translation>
    </message>
    <message>
        <source>net_families[%1] is now %2: from here on socket() knows this family.</source>
        <translation>net_families[%1] 现在是 %2：从此 socket() 认识这个协议族。</translation>
    </message>
    <message>
        <source>%1 is registered; each of its sockets will take %2.</source>
        <translation>%1 注册完毕；它的每个套接字占 %2。</translation>
    </message>
    <message>
        <source>%1 and %2 now point at each other: the file&apos;s side and the protocol&apos;s side of one socket.</source>
        <translation>%1 和 %2 从此互相指向：同一个套接字，一边是文件，一边是协议。</translation>
    </message>
    <message>
        <source>inet_protos[%1] is now %2: received packets of that protocol go there.</source>
        <translation>inet_protos[%1] 现在是 %2：收到这种协议的包都交给它。</translation>
    </message>
    <message>
        <source>inetsw[%1] gets an entry for %2, served by %3.</source>
        <translation>inetsw[%1] 里多了 %2 的一项，由 %3 提供服务。</translation>
    </message>
    <message>
        <source>inetsw[%1] has the answer: protocol %2, served by %3.</source>
        <translation>inetsw[%1] 里有答案：协议是 %2，由 %3 提供服务。</translation>
    </message>
    <message>
        <source>This entry of inetsw[%1] is for %2, but %3 was asked for: on to the next.</source>
        <translation>inetsw[%1] 的这一项是 %2，要找的却是 %3：接着看下一项。</translation>
    </message>
    <message>
        <source>inetsw[%1] has no entry for protocol %2.</source>
        <translation>inetsw[%1] 里没有协议 %2 的表项。</translation>
    </message>
    <message>
        <source>The task does not have the capability %1.</source>
        <translation>这个任务没有权能 %1。</translation>
    </message>
    <message>
        <source>%1 has moved to %2: it is seen only there from now on.</source>
        <translation>%1 搬进了 %2：从此只有那里看得见它。</translation>
    </message>
    <message>
        <source>%1 and %2 are the two ends of one link: what one sends, the other receives.</source>
        <translation>%1 和 %2 是同一条链路的两端：一端发出的，另一端收到。</translation>
    </message>
    <message>
        <source>The cable loses this frame of %1.</source>
        <translation>线缆弄丢了这个 %1的帧。</translation>
    </message>
    <message>
        <source>The cable holds this frame of %1 back for %2: later ones will overtake it.</source>
        <translation>线缆把这个 %1的帧扣住 %2：后来的帧会赶到它前面。</translation>
    </message>
    <message>
        <source>The cable delivers this frame of %1 twice.</source>
        <translation>线缆把这个 %1的帧送了两次。</translation>
    </message>
    <message>
        <source>A router&apos;s turn: the packet to %1 goes on by %2; its time to live is %3 now.</source>
        <translation>轮到路由器：发往 %1 的包从 %2 继续走；它的 TTL 现在是 %3。</translation>
    </message>
    <message>
        <source>The packet from %1 to %2 has used up its time to live: it ends here, and its sender is told.</source>
        <translation>从 %1 到 %2 的包用完了 TTL：它到此为止，并通知发送方。</translation>
    </message>
    <message>
        <source>A packet of %1 does not pass a link that takes %2, and must not be cut up (DF): its sender is told.</source>
        <translation>%1的包过不了最多容纳 %2的链路，又不许分片（DF）：通知发送方。</translation>
    </message>
    <message>
        <source>A router has told us of the way to %1: it takes packets of %2.</source>
        <translation>一台路由器告诉了我们去 %1 的路：它容得下 %2的包。</translation>
    </message>
    <message>
        <source>A router has told us of a better way to %1.</source>
        <translation>一台路由器告诉了我们一条去 %1 的更好的路。</translation>
    </message>
    <message>
        <source>Learnt of the way to %1: it takes packets of %2.</source>
        <translation>学到了去 %1 的路：它容得下 %2的包。</translation>
    </message>
    <message>
        <source>Learnt of the way to %1: the gateway %3 is the better one.</source>
        <translation>学到了去 %1 的路：走网关 %3 更好。</translation>
    </message>
    <message>
        <source>What was learnt of %1 is too old, and forgotten: larger packets may be tried again.</source>
        <translation>关于 %1 学到的东西太旧，忘掉：可以再试更大的包。</translation>
    </message>
    <message>
        <source>%1 wants to redirect us to %2, and is not believed.</source>
        <translation>%1 想让我们改走 %2，但不予采信。</translation>
    </message>
    <message>
        <source>A new hook at %1 of the netfilter, with the priority %2: it sees packets from now on.</source>
        <translation>netfilter 在 %1 处多了一个钩子，优先级 %2：从现在起它看得到经过的包。</translation>
    </message>
    <message>
        <source>The rule at offset %1 of the table matches, for the packet number %2: %3.</source>
        <translation>表中偏移 %1 处的规则匹配，这是它的第 %2 个包：%3。</translation>
    </message>
    <message>
        <source>The chain of %1 has one more rule, at offset %2 of the table.</source>
        <translation>%1 的链多了一条规则，位于表中偏移 %2 处。</translation>
    </message>
    <message>
        <source>Of %2 sockets that share the port, the flow&apos;s hash chooses %1.</source>
        <translation>%2 个套接字共用这个端口，由流的哈希选中 %1。</translation>
    </message>
    <message>
        <source>None of the %2 sockets that share the port can take it.</source>
        <translation>共用这个端口的 %2 个套接字，没有一个能收下它。</translation>
    </message>
    <message>
        <source>%1 is a network of its own now: its own lo, routes, hooks and settings.</source>
        <translation>%1 现在自成一个网络：有自己的 lo、路由、钩子和设置。</translation>
    </message>
    <message>
        <source>%1 is the lowest free descriptor; it is taken, with no file behind it yet.</source>
        <translation>%1 是最小的空闲描述符；先占住，后面还没有文件。</translation>
    </message>
    <message>
        <source>%2 tasks use this table of descriptors: the call holds the open file itself, since another could close it meanwhile.</source>
        <translation>%2 个任务共用这张描述符表：调用自己持有打开的文件，因为别人可能在这期间关掉它。</translation>
    </message>
    <message>
        <source>Descriptor %1 would be the next, but the task may have only those below %2 (RLIMIT_NOFILE).</source>
        <translation>下一个该是描述符 %1，但这个任务只能用 %2 以下的（RLIMIT_NOFILE）。</translation>
    </message>
    <message>
        <source>%2 ignores %1.</source>
        <translation>%2 忽略 %1。</translation>
    </message>
    <message>
        <source>%1 is pending for %2: a call that sleeps ends.</source>
        <translation>%1 正等着 %2 处理：睡眠中的调用就此结束。</translation>
    </message>
    <message>
        <source>%1 ends %2, which has no handler for it.</source>
        <translation>%1 结束了 %2，因为它没有处理函数。</translation>
    </message>
    <message>
        <source>Nothing is ready: %1 sleeps on all the wait queues at once, which are %2.</source>
        <translation>什么都没就绪：%1 同时睡在所有等待队列上，一共 %2 个。</translation>
    </message>
    <message>
        <source>The wake-up brings %1, and %2 were asked for: the sleeper is let alone.</source>
        <translation>这次唤醒带来 %1，要等的却是 %2：不打扰睡眠者。</translation>
    </message>
    <message>
        <source>%1 goes on the ready list of %2.</source>
        <translation>%1 挂上 %2 的就绪链表。</translation>
    </message>
    <message>
        <source>%1 is one-shot and has fired: it stays silent until it is armed anew.</source>
        <translation>%1 是一次性的，而且已经触发过：重新启用之前它不再出声。</translation>
    </message>
    <message>
        <source>%1 is level-triggered: it stays on the ready list, to be asked again next time.</source>
        <translation>%1 是水平触发：它留在就绪链表上，下次再问一遍。</translation>
    </message>
    <message>
        <source>%1 is edge-triggered: it leaves the ready list until something new wakes it.</source>
        <translation>%1 是边沿触发：它离开就绪链表，直到有新的事把它唤醒。</translation>
    </message>
    <message>
        <source>%1 is one-shot: it tells nothing more until epoll_ctl() arms it anew.</source>
        <translation>%1 是一次性的：在 epoll_ctl() 重新启用它之前不再报告。</translation>
    </message>
    <message>
        <source>The ready list is empty: %1 sleeps on the wait queue of %2.</source>
        <translation>就绪链表是空的：%1 睡在 %2 的等待队列上。</translation>
    </message>
    <message>
        <source>The watched file is closed: %1 leaves %2.</source>
        <translation>被监视的文件关闭了：%1 离开 %2。</translation>
    </message>
    <message>
        <source>The system&apos;s limit of %1 open files is reached.</source>
        <translation>整个系统最多打开 %1 个文件，已经到了上限。</translation>
    </message>
    <message>
        <source>That was the last reference to %1: it is closed on the way back to user mode.</source>
        <translation>这是对 %1 的最后一个引用：返回用户态的路上关闭它。</translation>
    </message>
    <message>
        <source>%1 is woken.</source>
        <translation>%1 醒来。</translation>
    </message>
    <message>
        <source>%1 has to wait: it lets go of the lock of %2 and sleeps on its wait queue.</source>
        <translation>%1 只好等：它放开 %2 的锁，睡在它的等待队列上。</translation>
    </message>
    <message>
        <source>What %2 sent before fills its send buffer: %1 sleeps until some of it has gone.</source>
        <translation>%2 先前发的数据占满了发送缓冲区：%1 先睡，等其中一些发走。</translation>
    </message>
    <message>
        <source>The send buffer of %1 is full: %2 are charged to it, and %3 are allowed.</source>
        <translation>%1 的发送缓冲区满了：已经记账 %2，上限是 %3。</translation>
    </message>
    <message>
        <source>A packet from %2 goes into the error queue of %1: %3.</source>
        <translation>来自 %2 的一个包进入 %1 的错误队列：%3。</translation>
    </message>
    <message>
        <source>A report from %2 goes into the error queue of %1: no error has happened.</source>
        <translation>来自 %2 的一份报告进入 %1 的错误队列：并没有出错。</translation>
    </message>
    <message>
        <source>Something of %1 is still on its way out, so this segment of %2 waits: more may be written, up to %3.</source>
        <translation>%1 还有东西正在往外走，所以 %2的这个段先等着：还可以接着写，直到 %3。</translation>
    </message>
    <message>
        <source>The reader has met the FIN in the queue of %1: the next read gives 0.</source>
        <translation>读到了 %1 队列里的 FIN：下一次读会返回 0。</translation>
    </message>
    <message>
        <source>%1 is closed with data that nobody read: the peer gets a RST instead of a FIN, so that it knows.</source>
        <translation>%1 还有数据没人读就关闭，所以发给对端的是 RST，不是 FIN：让它知道。</translation>
    </message>
    <message>
        <source>%1 is given up: too many sockets have no owner any more.</source>
        <translation>放弃 %1：没有主人的套接字太多了。</translation>
    </message>
    <message>
        <source>%1 is given up: TCP has too little memory.</source>
        <translation>放弃 %1：TCP 的内存太紧张。</translation>
    </message>
    <message>
        <source>Zero-copy call number %2 on %1: its %3 are sent from the program&apos;s own pages.</source>
        <translation>%1 上的第 %2 次零拷贝调用：它的 %3直接从程序自己的页发出。</translation>
    </message>
    <message>
        <source>Nobody uses the pages of the calls %2 to %3 on %1 any more, and nothing was copied: the error queue tells the program.</source>
        <translation>%1 上第 %2 到第 %3 次调用的页已经没有人用，数据也没有复制过：由错误队列告诉程序。</translation>
    </message>
    <message>
        <source>Nobody uses the pages of the calls %2 to %3 on %1 any more; the kernel copied after all: the error queue tells the program.</source>
        <translation>%1 上第 %2 到第 %3 次调用的页已经没有人用；内核终究还是复制了：由错误队列告诉程序。</translation>
    </message>
    <message>
        <source>The receiver is this very machine and may keep %1 as long as it likes: the program&apos;s %2 are copied after all.</source>
        <translation>接收方就在本机，可能想留 %1 多久就留多久：程序的 %2终究还是复制了。</translation>
    </message>
    <message>
        <source>A control message for the program: level %1, type %2, with %3 of data.</source>
        <translation>给程序的一条控制消息：级别 %1，类型 %2，带 %3数据。</translation>
    </message>
    <message>
        <source>Group %1 may not open ping sockets: net.ipv4.ping_group_range is %2 to %3.</source>
        <translation>组 %1 不能打开 ping 套接字：net.ipv4.ping_group_range 是 %2 到 %3。</translation>
    </message>
    <message>
        <source>The socket has no port yet: the kernel gives it port %1.</source>
        <translation>套接字还没有端口：内核分给它端口 %1。</translation>
    </message>
    <message>
        <source>This piece is bytes %1 to %2; %3 of %4 are here.</source>
        <translation>这一片是第 %1 到第 %2 字节；%4里已经到了 %3。</translation>
    </message>
    <message>
        <source>This piece, %1, is here already: it came twice, and is dropped.</source>
        <translation>这一片 %1 已经有了：它来了两次，丢弃。</translation>
    </message>
    <message>
        <source>%1 overlaps what is here already. Nobody honest cuts a packet so: all its pieces are dropped.</source>
        <translation>%1 和已有的片重叠。正经的发送方不会这样切：整个包的片全部丢弃。</translation>
    </message>
    <message>
        <source>All pieces are here: %1 is one packet of %2 again.</source>
        <translation>所有的片都到齐了：%1 重新成为一个 %2的包。</translation>
    </message>
    <message>
        <source>The rest of the packet with the identification %2 from %1 did not come in time: its %3 are thrown away.</source>
        <translation>来自 %1、标识为 %2 的包，剩下的片没有及时到：已有的 %3扔掉。</translation>
    </message>
    <message>
        <source>%1 is in slot %3 of the raw table: it will get a copy of every packet of the protocol %2 that suits its addresses.</source>
        <translation>%1 在 raw 表的第 %3 项：凡是协议 %2、地址合适的包，都会给它一份副本。</translation>
    </message>
    <message>
        <source>%1 is in slot %3 of the raw table; with %2 it only sends, and no packet is for it.</source>
        <translation>%1 在 raw 表的第 %3 项；协议是 %2 的它只管发送，不收任何包。</translation>
    </message>
    <message>
        <source>%1 has port %2 and is in both hash tables: in %3 by its port, in %4 by address and port.</source>
        <translation>%1 拿到端口 %2，进了两张哈希表：按端口进 %3，按地址和端口进 %4。</translation>
    </message>
    <message>
        <source>Another UDP socket already has port %1.</source>
        <translation>端口 %1 已经归另一个 UDP 套接字。</translation>
    </message>
    <message>
        <source>The datagram for port %1 belongs to %2.</source>
        <translation>发往端口 %1 的数据报归 %2。</translation>
    </message>
    <message>
        <source>No socket takes this datagram for port %1: none is bound to it, or only one for another address, peer or device.</source>
        <translation>没有套接字收下发往端口 %1 的数据报：要么没人绑定这个端口，要么绑定的是别的地址、对端或设备。</translation>
    </message>
    <message>
        <source>%1 goes down with all its %2 and is cut into datagrams of %3 later.</source>
        <translation>%1 带着全部 %2一起往下走，以后再切成每个 %3的数据报。</translation>
    </message>
    <message>
        <source>%1 is too short for a UDP header: it is refused.</source>
        <translation>%1 短得放不下 UDP 头：拒收。</translation>
    </message>
    <message>
        <source>The UDP header of %1 tells of %2, which cannot be: it is refused.</source>
        <translation>%1 的 UDP 头写着 %2，这不可能：拒收。</translation>
    </message>
    <message>
        <source>The UDP checksum of %1 is wrong: it is refused.</source>
        <translation>%1 的 UDP 校验和不对：拒收。</translation>
    </message>
    <message>
        <source>%1 is now in the group %2, and the routers of its link will be told.</source>
        <translation>%1 加入组播组 %2，并会通知链路上的路由器。</translation>
    </message>
    <message>
        <source>Nobody wants the group %2 on %1 any more, and the routers of its link will be told.</source>
        <translation>%1 上已经没有人要组播组 %2，并会通知链路上的路由器。</translation>
    </message>
    <message>
        <source>This host listens to %2 itself: %1, a copy, goes up again.</source>
        <translation>本机自己也在收听 %2：副本 %1 转身再往上走。</translation>
    </message>
    <message>
        <source>%1 joins the receive queue of %2 with %3, to wait for whoever reads.</source>
        <translation>%1 带着 %3进入 %2 的接收队列，等人来读。</translation>
    </message>
    <message>
        <source>The receive buffer of %1 is full: %2 wait there, %3 are allowed.</source>
        <translation>%1 的接收缓冲区满了：里面已有 %2，上限是 %3。</translation>
    </message>
    <message>
        <source>%1 is not an address of this host.</source>
        <translation>%1 不是本机的地址。</translation>
    </message>
    <message>
        <source>%1 finds nothing to read and goes to sleep on the wait queue of %2.</source>
        <translation>%1 没有东西可读，睡在 %2 的等待队列上。</translation>
    </message>
    <message>
        <source>GRO decides: %1.</source>
        <translation>GRO 的决定：%1。</translation>
    </message>
    <message>
        <source>%1 is down: the frame is lost on the wire.</source>
        <translation>%1 处于关闭状态：帧丢失在线路上。</translation>
    </message>
    <message>
        <source>The frame is for another station&apos;s address: %1 lets it pass by.</source>
        <translation>帧的目的地址是另一台主机：%1 放它过去。</translation>
    </message>
    <message>
        <source>All %1 receive descriptors are taken: the frame is lost.</source>
        <translation>%1 个接收描述符全被占用：帧丢失。</translation>
    </message>
    <message>
        <source>A frame of %1 is longer than the card takes, which is %2: it is lost.</source>
        <translation>%1的帧超过了网卡能收的 %2：丢失。</translation>
    </message>
    <message>
        <source>%1 are too few for an Ethernet header: the frame is lost.</source>
        <translation>%1放不下一个以太网头：帧丢失。</translation>
    </message>
    <message>
        <source>%1 has the tag of VLAN %3, and there is no VLAN device of that number on %2: it counts as a frame for another host.</source>
        <translation>%1 带着 VLAN %3 的标签，而 %2 上没有这个编号的 VLAN 设备：算作发给别的主机的帧。</translation>
    </message>
    <message>
        <source>%1 is for another host: IP leaves it alone.</source>
        <translation>%1 是给别的主机的：IP 不管它。</translation>
    </message>
    <message>
        <source>Who has %1? We do: %2 gets our hardware address.</source>
        <translation>谁有 %1？我们有：把我们的硬件地址告诉 %2。</translation>
    </message>
    <message>
        <source>The IP header of %1 makes no sense: its version, its length or that of the packet cannot be right.</source>
        <translation>%1 的 IP 头说不通：版本、头长或包长不可能是对的。</translation>
    </message>
    <message>
        <source>The checksum over the IP header of %1 is wrong: nothing in it can be believed.</source>
        <translation>%1 的 IP 头校验和不对：里面的内容一概不可信。</translation>
    </message>
    <message>
        <source>The IP header of %1 tells of %3, and only %2 came.</source>
        <translation>%1 的 IP 头写着 %3，实际只来了 %2。</translation>
    </message>
    <message>
        <source>There is no memory to cut %1 to the length that its IP header tells.</source>
        <translation>没有内存把 %1 裁到 IP 头所说的长度。</translation>
    </message>
    <message>
        <source>Within the %1 of IP options one is malformed.</source>
        <translation>%1的 IP 选项里有一个格式不对。</translation>
    </message>
    <message>
        <source>%1 names its own way (source route), which this host does not accept.</source>
        <translation>%1 自己指定了路线（源路由），本机不接受。</translation>
    </message>
    <message>
        <source>%1 came to all stations of the link and is for one address: this host is told to drop such packets.</source>
        <translation>%1 发给了链路上的所有主机，目的 IP 却只有一个：本机的设置是丢弃这样的包。</translation>
    </message>
    <message>
        <source>Nobody here speaks %1: the sender is told.</source>
        <translation>这里没有人懂 %1：通知发送方。</translation>
    </message>
    <message>
        <source>The IP header says %1: that protocol&apos;s handler takes the packet.</source>
        <translation>IP 头说是 %1：由这个协议的处理函数接手。</translation>
    </message>
    <message>
        <source>A packet from %1 to %2 has no way in: %3.</source>
        <translation>从 %1 到 %2 的包进不来：%3。</translation>
    </message>
    <message>
        <source>The ICMP message is: %1.</source>
        <translation>这条 ICMP 消息是：%1。</translation>
    </message>
    <message>
        <source>An ICMP error goes to %3: %1, code %2.</source>
        <translation>给 %3 发一个 ICMP 差错：%1，代码 %2。</translation>
    </message>
    <message>
        <source>The host has sent its share of ICMP errors for now: %1, code %2, is left out.</source>
        <translation>本机这段时间的 ICMP 差错已经发够：%1，代码 %2，这一个不发了。</translation>
    </message>
    <message>
        <source>%3 has had its share of ICMP errors for now: %1, code %2, is left out.</source>
        <translation>发给 %3 的 ICMP 差错这段时间已经够了：%1，代码 %2，这一个不发了。</translation>
    </message>
    <message>
        <source>The checksum over %1 is right.</source>
        <translation>%1 的校验和正确。</translation>
    </message>
    <message>
        <source>The checksum over %1 is wrong.</source>
        <translation>%1 的校验和不对。</translation>
    </message>
    <message>
        <source>Nobody here handles the EtherType %1: the frame is dropped.</source>
        <translation>这里没有人处理 EtherType %1：丢弃这个帧。</translation>
    </message>
    <message>
        <source>The route %1/%2 matches: type %3, device %4.</source>
        <translation>路由 %1/%2 匹配：类型 %3，设备 %4。</translation>
    </message>
    <message>
        <source>No route in this table leads to %1.</source>
        <translation>这张表里没有去 %1 的路由。</translation>
    </message>
    <message>
        <source>The route of this table for %1 says that nothing goes there: %2.</source>
        <translation>这张表里 %1 的路由说不许往那里发：%2。</translation>
    </message>
    <message>
        <source>There is no route to %1: %2.</source>
        <translation>没有去 %1 的路由：%2。</translation>
    </message>
    <message>
        <source>The source %1 of a packet to %2 cannot be behind %3: the kernel calls it a martian.</source>
        <translation>发往 %2 的包，源地址 %1 不可能在 %3 那一边：内核把它叫做 martian。</translation>
    </message>
    <message>
        <source>No answer to %1 would find a way at all: rp_filter refuses what comes from there by %2.</source>
        <translation>给 %1 的回复根本无路可走：rp_filter 拒绝从 %2 来的这种包。</translation>
    </message>
    <message>
        <source>An answer to %1 would not leave by %2: rp_filter, which is strict there, refuses what comes from it.</source>
        <translation>给 %1 的回复不会从 %2 出去：那里的 rp_filter 是严格模式，拒绝从它来的包。</translation>
    </message>
    <message>
        <source>%1 is an address of this host or of many: nobody behind %2 can send from it.</source>
        <translation>%1 是本机的地址，或是一个多目的地址：%2 那一边没有人能用它做源地址。</translation>
    </message>
    <message>
        <source>%1 is no address that a packet from %2 may have come to by %3: a martian.</source>
        <translation>来自 %2 的包不可能经 %3 到达 %1 这样的地址：martian。</translation>
    </message>
    <message>
        <source>%1 is not ours, and %2 does not forward.</source>
        <translation>%1 不是我们的地址，%2 也不转发。</translation>
    </message>
    <message>
        <source>%1 is not ours; %2 forwards, but the routes do not lead there: %3.</source>
        <translation>%1 不是我们的地址；%2 会转发，可是路由通不到那里：%3。</translation>
    </message>
    <message>
        <source>The way in that was found last time is still good: %1.</source>
        <translation>上次找到的入口路由还有效：%1。</translation>
    </message>
    <message>
        <source>The way out that was found last time is still good: %1.</source>
        <translation>上次找到的出口路由还有效：%1。</translation>
    </message>
    <message>
        <source>%1 is new: %2 must find out the hardware address of this neighbour.</source>
        <translation>%1 是新邻居：%2 得先查出它的硬件地址。</translation>
    </message>
    <message>
        <source>%1 waits until the hardware address of %2 is known.</source>
        <translation>%1 等着，直到知道 %2 的硬件地址。</translation>
    </message>
    <message>
        <source>%1 was %2 and is %3 now.</source>
        <translation>%1 原来是 %2，现在是 %3。</translation>
    </message>
    <message>
        <source>The queue of %2 is empty: %1 goes straight to the driver.</source>
        <translation>%2 的队列是空的：%1 直接交给驱动。</translation>
    </message>
    <message>
        <source>%1 are with the card and the limit is %2: the queue stops until some are sent.</source>
        <translation>网卡手里已有 %1，上限是 %2：队列先停下，等发走一些。</translation>
    </message>
    <message>
        <source>%1 has exactly these two ends; it is in state %2.</source>
        <translation>%1 的两端正好是这两个；它处在 %2 状态。</translation>
    </message>
    <message>
        <source>No connection has these two ends, but %1 listens on port %2.</source>
        <translation>没有哪个连接的两端是这两个，但 %1 在监听端口 %2。</translation>
    </message>
    <message>
        <source>No listener takes this segment: none is on %1, port %2, or on that port of all addresses.</source>
        <translation>没有监听者收下这个段：%1 的端口 %2 没人监听，所有地址的这个端口也没人监听。</translation>
    </message>
    <message>
        <source>%1 remembers %2 from the packet before: nothing needs to be routed.</source>
        <translation>%1 从上一个包起就记住了 %2：不用再查路由。</translation>
    </message>
    <message>
        <source>%1 with the flags %5 covers the sequence numbers from %2 up to %3, and acknowledges %4.</source>
        <translation>%1 的标志是 %5，覆盖从 %2 起、到 %3 之前的序号，确认到 %4。</translation>
    </message>
    <message>
        <source>%1 with the flags %5 covers the sequence numbers from %2 up to %3, and acknowledges nothing.</source>
        <translation>%1 的标志是 %5，覆盖从 %2 起、到 %3 之前的序号，不确认任何东西。</translation>
    </message>
    <message>
        <source>The owner of %1 works on it just now: %2 waits in the backlog, which costs %3 now.</source>
        <translation>%1 的持有者正在用它：%2 进入积压队列等着，队列现在占 %3。</translation>
    </message>
    <message>
        <source>%3 continues %2, the last in the backlog of %1: the two become one.</source>
        <translation>%3 正好接在 %1 积压队列末尾的 %2 后面：两个合成一个。</translation>
    </message>
    <message>
        <source>Every port of the local range is taken for this destination.</source>
        <translation>对这个目的地，本地端口范围里的端口全用完了。</translation>
    </message>
    <message>
        <source>%1 listens on port %2; up to %3 connections may wait for accept().</source>
        <translation>%1 监听端口 %2；最多可以有 %3 个连接等待 accept()。</translation>
    </message>
    <message>
        <source>%2 remembers what the SYN asked for. Handshakes for whose last segment %1 waits: %3.</source>
        <translation>%2 记住 SYN 的请求。%1 还在等 %3 个握手的最后一段。</translation>
    </message>
    <message>
        <source>%1 is given up: its SYN-ACK was due %2 times more, and nothing came.</source>
        <translation>放弃 %1：它的 SYN-ACK 又重发了 %2 次，没有任何回音。</translation>
    </message>
    <message>
        <source>%1 is given up: %2 does not listen any more.</source>
        <translation>放弃 %1：%2 不再监听了。</translation>
    </message>
    <message>
        <source>%1 is told to reset what it cannot take (tcp_abort_on_overflow): %2 is given up.</source>
        <translation>%1 的设置是收不下就复位（tcp_abort_on_overflow）：放弃 %2。</translation>
    </message>
    <message>
        <source>The peer takes its SYN back with a RST: %1 is forgotten.</source>
        <translation>对端用 RST 收回它的 SYN：忘掉 %1。</translation>
    </message>
    <message>
        <source>A second SYN inside the window: %1 is forgotten, and the peer gets a RST.</source>
        <translation>窗口之内又来了一个 SYN：忘掉 %1，给对端发 RST。</translation>
    </message>
    <message>
        <source>%1 does not fit this segment: its timestamp is from the past.</source>
        <translation>%1 对不上这个段：它的时间戳来自过去。</translation>
    </message>
    <message>
        <source>%1 does not fit this segment: it lies outside of the window.</source>
        <translation>%1 对不上这个段：它落在窗口之外。</translation>
    </message>
    <message>
        <source>This segment acknowledges nothing: %1 goes on waiting.</source>
        <translation>这个段不确认任何东西：%1 继续等。</translation>
    </message>
    <message>
        <source>The SYN of %1 once more: so is its answer.</source>
        <translation>%1 的 SYN 又来一次：回答也再发一次。</translation>
    </message>
    <message>
        <source>%1 accepts only with the first data (TCP_DEFER_ACCEPT): this ACK without any is dropped, and %2 goes on waiting.</source>
        <translation>%1 要等第一批数据才接受（TCP_DEFER_ACCEPT）：这个 ACK 不带数据，丢弃，%2 继续等。</translation>
    </message>
    <message>
        <source>%2 requests wait on %1, as many as it may have: it keeps no more, and answers with a SYN cookie.</source>
        <translation>%1 上已有 %2 个请求，到了上限：不再保存，用 SYN cookie 回答。</translation>
    </message>
    <message>
        <source>%2 requests wait on %1, as many as it may have: the SYN is dropped.</source>
        <translation>%1 上已有 %2 个请求，到了上限：丢弃这个 SYN。</translation>
    </message>
    <message>
        <source>%1 keeps no requests (tcp_syncookies is 2): all is in the SYN cookie with which it answers.</source>
        <translation>%1 不保存请求（tcp_syncookies 为 2）：一切都写在它回答的 SYN cookie 里。</translation>
    </message>
    <message>
        <source>All that is to be known of %1 goes into the sequence number %2 of the answer: it stands for an MSS of %3.</source>
        <translation>关于 %1 需要知道的一切，都装进了回答的序号 %2：它代表 MSS %3。</translation>
    </message>
    <message>
        <source>The cookie %2 that came back is ours, and says that the MSS is %3.</source>
        <translation>回来的 cookie %2 是我们发的，它说 MSS 是 %3。</translation>
    </message>
    <message>
        <source>%2 is no cookie of ours, or too old.</source>
        <translation>%2 不是我们发的 cookie，或者太旧了。</translation>
    </message>
    <message>
        <source>%2 connections already wait for accept() on %1, and %3 may: there is no room for one more.</source>
        <translation>%1 上已有 %2 个连接等待 accept()，上限是 %3：再也放不下。</translation>
    </message>
    <message>
        <source>The handshake is over: %2 waits for accept() on %1, one of %3.</source>
        <translation>三次握手完成：%2 在 %1 上等待 accept()，现在一共 %3 个。</translation>
    </message>
    <message>
        <source>accept() takes %2 from the queue of %1; %3 still wait there.</source>
        <translation>accept() 从 %1 的队列里取走 %2；那里还有 %3 个在等。</translation>
    </message>
    <message>
        <source>%2 is a copy of %1, with queues, locks and accounts of its own.</source>
        <translation>%2 是 %1 的副本，有自己的队列、锁和账目。</translation>
    </message>
    <message>
        <source>%1 takes the place of %2 in the table of connections.</source>
        <translation>%1 在连接表里接替 %2 的位置。</translation>
    </message>
    <message>
        <source>%1 is in the table of connections now: the cookie has come back, and nothing was kept of its request but %2, made of it.</source>
        <translation>%1 进入连接表：cookie 回来了，请求本身什么也没留下，%2 是由 cookie 做出来的。</translation>
    </message>
    <message>
        <source>%1, which stands for the connection, takes the segment: nothing is to be answered.</source>
        <translation>代表这个连接的 %1 收下这个段：不需要回答。</translation>
    </message>
    <message>
        <source>%1 stands for a connection that takes nothing any more: its peer gets a RST.</source>
        <translation>%1 代表的连接不再收任何东西：给对端发 RST。</translation>
    </message>
    <message>
        <source>%1 says again, for the connection that has ended, what was received.</source>
        <translation>%1 替已经结束的连接再说一遍收到了什么。</translation>
    </message>
    <message>
        <source>A SYN for a new connection between the same ends: %1 makes room, if somebody listens.</source>
        <translation>同样的两端又来了新连接的 SYN：有人监听的话，%1 让出位置。</translation>
    </message>
    <message>
        <source>%1 joins %2: %3 sockets share the port now.</source>
        <translation>%1 加入 %2：现在有 %3 个套接字共用这个端口。</translation>
    </message>
    <message>
        <source>%2, a ninth of the size, stands for %1 from now on.</source>
        <translation>从现在起由 %2 顶替 %1，它只有九分之一大。</translation>
    </message>
    <message>
        <source>%2 cannot take %1: its sender, port %3, gets a RST.</source>
        <translation>%2 收不下 %1：给它的发送方（端口 %3）回一个 RST。</translation>
    </message>
    <message>
        <source>No socket is there for %1: its sender, port %3, gets a RST.</source>
        <translation>没有套接字要 %1：给它的发送方（端口 %3）回一个 RST。</translation>
    </message>
    <message>
        <source>%1 has a time to live of %2, and the program asked for %3 at least (IP_MINTTL): it came from too far.</source>
        <translation>%1 的 TTL 是 %2，程序要求至少 %3（IP_MINTTL）：它来得太远。</translation>
    </message>
    <message>
        <source>%1 was not sent to this host alone: no connection can be meant.</source>
        <translation>%1 不是只发给本机的：不可能属于哪个连接。</translation>
    </message>
    <message>
        <source>%1 is too short for its TCP header.</source>
        <translation>%1 短得放不下它的 TCP 头。</translation>
    </message>
    <message>
        <source>The way takes packets of at most %2: %1 makes smaller segments.</source>
        <translation>路径最多容纳 %2的包：%1 改发更小的段。</translation>
    </message>
    <message>
        <source>The ICMP message (%2) quotes a segment that is not in flight: %1 does not believe it.</source>
        <translation>ICMP 消息（%2）引用的段并不在途：%1 不相信它。</translation>
    </message>
    <message>
        <source>%2: for %1 that is the error %4.</source>
        <translation>%2：对 %1 来说这是错误 %4。</translation>
    </message>
    <message>
        <source>%1 is on the bind buckets of port %2.</source>
        <translation>%1 挂进了端口 %2 的绑定桶。</translation>
    </message>
    <message>
        <source>Another TCP socket already has port %1.</source>
        <translation>端口 %1 已经归另一个 TCP 套接字。</translation>
    </message>
    <message>
        <source>%1 goes from state %2 to %3.</source>
        <translation>%1 从状态 %2 转到 %3。</translation>
    </message>
    <message>
        <source>%1 will govern this connection&apos;s speed.</source>
        <translation>这个连接的快慢由 %1 来管。</translation>
    </message>
    <message>
        <source>%1 gets no memory: its protocol is short of it, with %2 pages held where %3 are the most.</source>
        <translation>%1 拿不到内存：它的协议已占 %2 页，上限是 %3 页。</translation>
    </message>
    <message>
        <source>%2 join %1: it stands for %3 segments now.</source>
        <translation>%2接到 %1 后面：它现在代表 %3 个段。</translation>
    </message>
    <message>
        <source>The header of %1 is what was expected: header prediction takes the short way.</source>
        <translation>%1 的头和预想的一样：头部预测走捷径。</translation>
    </message>
    <message>
        <source>Header prediction does not take %1: every step of the RFC is gone through.</source>
        <translation>头部预测不收 %1：照 RFC 的步骤一步一步来。</translation>
    </message>
    <message>
        <source>%2 sequence numbers of %1 are acknowledged for the first time.</source>
        <translation>%1 的 %2 个序号第一次得到确认。</translation>
    </message>
    <message>
        <source>A duplicate acknowledgement for %1: the peer still expects %2, so something after it arrived.</source>
        <translation>%1 收到一个重复确认：对端还在等 %2，说明它后面的东西到了。</translation>
    </message>
    <message>
        <source>The peer of %1 offered a window of %2 and offers %3 now.</source>
        <translation>%1 的对端原来给出窗口 %2，现在给出 %3。</translation>
    </message>
    <message>
        <source>A round trip of %1 took %2; smoothed it is %3, and a retransmission would come after %4.</source>
        <translation>%1 的一次往返用了 %2；平滑后是 %3，重传要等 %4。</translation>
    </message>
    <message>
        <source>The peer of %1 reports by SACK that sequence numbers %2 to %3 arrived.</source>
        <translation>%1 的对端用 SACK 报告：序号 %2 到 %3 已经到达。</translation>
    </message>
    <message>
        <source>The peer of %1 reports by D-SACK that %2 to %3 arrived twice.</source>
        <translation>%1 的对端用 D-SACK 报告：%2 到 %3 到了两次。</translation>
    </message>
    <message>
        <source>The network reorders the packets of %1: by up to %2 so far.</source>
        <translation>网络打乱了 %1 的包的次序：目前最多错开 %2。</translation>
    </message>
    <message>
        <source>It may be mere reordering: %1 waits %2 before it calls anything lost.</source>
        <translation>也许只是乱序：%1 等 %2，之后才认定丢失。</translation>
    </message>
    <message>
        <source>%1 with %2 to %3 counts as lost and is to be sent again.</source>
        <translation>%1 的 %2 到 %3 算作丢失，要重发。</translation>
    </message>
    <message>
        <source>%1 enters recovery with %2 lost; its window shrinks to %3 by and by.</source>
        <translation>%1 进入恢复，丢失 %2；它的窗口将逐步收缩到 %3。</translation>
    </message>
    <message>
        <source>Nothing was lost after all: %1 gets back its window, %2, and its threshold, %3.</source>
        <translation>其实什么也没丢：%1 收回窗口 %2 和阈值 %3。</translation>
    </message>
    <message>
        <source>Nothing was lost after all; the congestion is certain, so %1 keeps its window of %2 and its threshold, %3.</source>
        <translation>其实什么也没丢；但拥塞是确实的，所以 %1 保持窗口 %2 和阈值 %3。</translation>
    </message>
    <message>
        <source>%2 came in order: they were joined to the last buffer in the receive queue of %1.</source>
        <translation>%2按序到达：并进 %1 接收队列的最后一个缓冲区。</translation>
    </message>
    <message>
        <source>%2 came in order: they join the receive queue of %1.</source>
        <translation>%2按序到达：进入 %1 的接收队列。</translation>
    </message>
    <message>
        <source>All that %1 had to say is taken in, and it has no data for a reader: the buffer is given up, and nothing is lost.</source>
        <translation>%1 要说的都已收下，也没有给读者的数据：释放缓冲区，什么也没丢。</translation>
    </message>
    <message>
        <source>What %1 brings would lie behind the FIN of its sender, where nothing can be: it is dropped.</source>
        <translation>%1 带来的东西在发送方的 FIN 之后，那里不可能再有数据：丢弃。</translation>
    </message>
    <message>
        <source>%2 before %1 are missing: it goes to the out-of-order queue.</source>
        <translation>%1 之前还缺 %2：它进入乱序队列。</translation>
    </message>
    <message>
        <source>There is no hole before %2 to %3 any more: they move to the receive queue of %1.</source>
        <translation>%2 到 %3 之前已经没有空洞：它们移到 %1 的接收队列。</translation>
    </message>
    <message>
        <source>The data of %1 is not taken: %2.</source>
        <translation>%1 的数据不收：%2。</translation>
    </message>
    <message>
        <source>%1 lies beyond the window: it starts %2 after what is expected, and the window is %3.</source>
        <translation>%1 超出了窗口：它比预期的位置靠后 %2，窗口只有 %3。</translation>
    </message>
    <message>
        <source>%1 lies below the window: it ends %2 before what has been acknowledged already.</source>
        <translation>%1 落在窗口之前：它的末尾比已经确认的位置还早 %2。</translation>
    </message>
    <message>
        <source>No segment can have just the flags %2 in this state: %1 is dropped.</source>
        <translation>这个状态下没有哪个段会只带标志 %2：丢弃 %1。</translation>
    </message>
    <message>
        <source>A segment for %1 has timestamp %2, older than %3, which came before: it is from the past.</source>
        <translation>给 %1 的段带着时间戳 %2，比先前来过的 %3 还旧：它来自过去。</translation>
    </message>
    <message>
        <source>Whoever sent this should know better what %1 expects: it is told by a challenge ACK.</source>
        <translation>发这个段的人该更清楚 %1 在等什么：用一个质询 ACK 告诉它。</translation>
    </message>
    <message>
        <source>The peer of %1 reset the connection: the program gets %2.</source>
        <translation>%1 的对端复位了连接：程序得到 %2。</translation>
    </message>
    <message>
        <source>The peer of %1 reset the connection, which no program held any more.</source>
        <translation>%1 的对端复位了连接，但已经没有程序持有它。</translation>
    </message>
    <message>
        <source>The peer answers the SYN of %1 by a RST, so nobody takes the connection there: the program gets %2.</source>
        <translation>对端用 RST 回答 %1 的 SYN，说明那里没人接这个连接：程序得到 %2。</translation>
    </message>
    <message>
        <source>%1 was told to receive no more (shutdown), and data came for it: this kernel ends the connection and answers by a RST; the program gets %2.</source>
        <translation>%1 已经声明不再接收（shutdown），却来了数据：本内核结束连接，回一个 RST；程序得到 %2。</translation>
    </message>
    <message>
        <source>Data came for %1, which no program holds any more and nobody will read: this kernel ends the connection and answers by a RST.</source>
        <translation>数据发给了 %1，而它已经没有程序持有，也没人会读：本内核结束连接，回一个 RST。</translation>
    </message>
    <message>
        <source>%1 is not to wait for its peer&apos;s FIN (TCP_LINGER2 below 0): this kernel ends the connection and answers by a RST.</source>
        <translation>%1 不等对端的 FIN（TCP_LINGER2 小于 0）：本内核结束连接，回一个 RST。</translation>
    </message>
    <message>
        <source>The peer of %1 marks a byte as urgent: %2 after the one that is expected next.</source>
        <translation>%1 的对端把一个字节标成紧急数据：在下一个预期字节之后 %2处。</translation>
    </message>
    <message>
        <source>The window that %1 may offer grows by %2 to %3.</source>
        <translation>%1 能给出的窗口增大 %2，到 %3。</translation>
    </message>
    <message>
        <source>The reader is fast: the receive buffer of %1 grows from %2 to %3.</source>
        <translation>读得快：%1 的接收缓冲区从 %2增大到 %3。</translation>
    </message>
    <message>
        <source>The receive queues of %1 need room: they hold %2, and %3 are allowed.</source>
        <translation>%1 的接收队列需要腾地方：里面有 %2，上限是 %3。</translation>
    </message>
    <message>
        <source>Wasteful buffers of %1: %2 are copied into dense ones.</source>
        <translation>%1 的缓冲区很浪费：把 %2复制到紧凑的缓冲区里。</translation>
    </message>
    <message>
        <source>%1 holds acknowledgements back, %2 so far: one for all goes in %3 at most.</source>
        <translation>%1 压住确认不发，到现在 %2 个：最迟 %3 后合成一个发出。</translation>
    </message>
    <message>
        <source>%1 carries the mark of a congested router: %2 tells its peer with the next acknowledgements.</source>
        <translation>%1 带着拥塞路由器打的标记：%2 用接下来的确认告诉对端。</translation>
    </message>
    <message>
        <source>The device cannot cut it up: the %2 of %1 become segments of %3 here.</source>
        <translation>设备切不了：%1 的 %2在这里切成每段 %3。</translation>
    </message>
    <message>
        <source>The device itself will cut the %2 of %1 into segments of %3.</source>
        <translation>设备自己会把 %1 的 %2切成每段 %3。</translation>
    </message>
    <message>
        <source>The first window offers %1; later windows are scaled by 2 to the power of %2.</source>
        <translation>第一个窗口是 %1；以后的窗口按 2 的 %2 次方放大。</translation>
    </message>
    <message>
        <source>%1 has no room left: it tells its peer to stop.</source>
        <translation>%1 没有空间了：它告诉对端停下。</translation>
    </message>
    <message>
        <source>The peer&apos;s window of %2 has no room for the next segment of %1.</source>
        <translation>对端的窗口是 %2，放不下 %1 的下一个段。</translation>
    </message>
    <message>
        <source>Only %1, where a full segment has %2: by Nagle&apos;s rule it waits for more data or for an acknowledgement.</source>
        <translation>只有 %1，满段是 %2：按 Nagle 规则，它等更多数据，或等一个确认。</translation>
    </message>
    <message>
        <source>Only %1, where a full segment has %2: more is announced (TCP_CORK or MSG_MORE), so it waits.</source>
        <translation>只有 %1，满段是 %2：已声明后面还有（TCP_CORK 或 MSG_MORE），所以等着。</translation>
    </message>
    <message>
        <source>%2 of %1 wait in the queues below; %3 are allowed, so it waits.</source>
        <translation>%1 已有 %2等在下面的队列里，上限是 %3，所以等着。</translation>
    </message>
    <message>
        <source>%1 tries whether the path carries a segment of %2.</source>
        <translation>%1 试一试路径能不能通过 %2的段。</translation>
    </message>
    <message>
        <source>%1 may keep the acknowledgement back for %2: perhaps data can carry it.</source>
        <translation>%1 可以把确认压住 %2：也许能搭着数据一起走。</translation>
    </message>
    <message>
        <source>%1 asks its peer for a sign of life: an empty segment with the sequence number %2.</source>
        <translation>%1 请对端给个活着的信号：发一个序号 %2 的空段。</translation>
    </message>
    <message>
        <source>%1 sends %3 from sequence number %2 on again.</source>
        <translation>%1 从序号 %2 起再发一遍 %3。</translation>
    </message>
    <message>
        <source>%1 probes whether the tail of its flight, up to %2, has arrived.</source>
        <translation>%1 探一探在途数据的尾巴（到 %2 为止）到了没有。</translation>
    </message>
    <message>
        <source>%1 has waited in vain; the next timeout comes in %2, after %3 doublings.</source>
        <translation>%1 白等了一场；下一次超时在 %2 之后，已加倍 %3 次。</translation>
    </message>
    <message>
        <source>%1 gives up on its peer: %2.</source>
        <translation>%1 不再指望对端：%2。</translation>
    </message>
    <message>
        <source>%1 was silent for long: it probes its peer. Probes before this one without an answer: %2.</source>
        <translation>%1 沉默了很久：它探测对端。在这之前没有回音的探测：%2 次。</translation>
    </message>
    <message>
        <source>Congestion control of %1 goes from state %2 to %3.</source>
        <translation>%1 的拥塞控制从状态 %2 转到 %3。</translation>
    </message>
    <message>
        <source>%1 leaves slow start at %2, before anything was lost.</source>
        <translation>%1 在 %2 处离开慢启动，此时还什么都没丢。</translation>
    </message>
    <message>
        <source>The capture shows which initial sequence number this host chose: %1. It is taken instead of the hash.</source>
        <translation>抓包显示这台主机当时选的初始序号是 %1。用它代替哈希算出来的。</translation>
    </message>
    <message>
        <source>%1 came with the message: here its descriptor is %2.</source>
        <translation>%1 随消息到来：在这里它的文件描述符是 %2。</translation>
    </message>
    <message>
        <source>There is no room in the control buffer for %1 of the descriptors that came: their files are let go of, and MSG_CTRUNC says so.</source>
        <translation>控制缓冲区放不下到来的描述符中的 %1 个：它们的文件就此放开，MSG_CTRUNC 会说明这一点。</translation>
    </message>
    <message>
        <source>%1 and %2 are each other&apos;s peers: what one sends is at once in the other&apos;s receive queue.</source>
        <translation>%1 和 %2 互为对端：一方发出的，立刻就在另一方的接收队列里。</translation>
    </message>
    <message>
        <source>%1 has the name in %2 from now on: it moves to chain %3 of the table of local sockets.</source>
        <translation>从此 %1 有了 %2 里的名字：它移到本地套接字表的第 %3 条链上。</translation>
    </message>
    <message>
        <source>The name belongs to %1.</source>
        <translation>这个名字属于 %1。</translation>
    </message>
    <message>
        <source>No socket on chain %1 of the table of local sockets has this abstract name: the connection is refused.</source>
        <translation>本地套接字表的第 %1 条链上没有套接字叫这个抽象名：连接被拒绝。</translation>
    </message>
    <message>
        <source>%1 was made for a socket, but no socket is bound to it any more: the file has outlived it, and the connection is refused.</source>
        <translation>%1 是为套接字建的，但已经没有套接字绑定在上面：文件比套接字活得久，连接被拒绝。</translation>
    </message>
    <message>
        <source>%1 is no socket&apos;s file: the connection is refused.</source>
        <translation>%1 不是套接字的文件：连接被拒绝。</translation>
    </message>
    <message>
        <source>%1 and the new %2 are peers now. An empty sk_buff that belongs to %2 waits in the queue of %3 until accept() takes it.</source>
        <translation>%1 和新建的 %2 现在互为对端。一个属于 %2 的空 sk_buff 在 %3 的队列里，等 accept() 来取。</translation>
    </message>
    <message>
        <source>The receive queue of %2 is full, with %3 in it: %1 sleeps until one of them has been taken.</source>
        <translation>%2 的接收队列满了，里面有 %3 个：%1 睡下，等其中一个被取走。</translation>
    </message>
    <message>
        <source>%1 holds the urgent byte: %2 is told of it, and reads stop before it.</source>
        <translation>%1 里是紧急字节：%2 会得到通知，读到它之前就停下。</translation>
    </message>
    <message>
        <source>%1 is from another sender: the read ends before it, since it can tell of one sender only.</source>
        <translation>%1 来自另一个发送者：读到它之前就结束，因为一次读只能说明一个发送者。</translation>
    </message>
    <message>
        <source>%1 carries %2 open files, each with a reference of its own: they stay open even if the sender closes them now.</source>
        <translation>%1 带着 %2 个打开的文件，每个都另有一个引用：发送者现在关掉，它们也还开着。</translation>
    </message>
    <message>
        <source>%1 is in flight as a descriptor, in the queue of %2; it waits in %3 messages in all.</source>
        <translation>%1 作为描述符在途中，在 %2 的队列里；它一共等在 %3 条消息里。</translation>
    </message>
    <message>
        <source>%1 sockets are in flight: the collector is to look whether anybody can still reach them.</source>
        <translation>有 %1 个套接字在途中：回收者要看看是否还有谁够得着它们。</translation>
    </message>
    <message>
        <source>Nobody can reach %1 any more but by messages in its own circle: the %2 in its queue are thrown away, and it goes with them.</source>
        <translation>除了自己圈子里的消息，再没有谁够得着 %1：它队列里的 %2 条被扔掉，它也随之消失。</translation>
    </message>
    <message>
        <source>From now on %1 is handed each frame of the type %2 that passes %3.</source>
        <translation>从现在起，凡经过 %3 的 %2 类型的帧都会交给 %1 看。</translation>
    </message>
    <message>
        <source>From now on %1 is handed each frame of the type %2 that passes any device.</source>
        <translation>从现在起，凡经过任一设备的 %2 类型的帧都会交给 %1 看。</translation>
    </message>
    <message>
        <source>%1 is handed no more frames.</source>
        <translation>不再有帧交给 %1。</translation>
    </message>
    <message>
        <source>%2 is down: %1 is bound to it, and will see nothing before it comes up.</source>
        <translation>%2 没有启用：%1 绑定在它上面，在它启用之前什么也看不到。</translation>
    </message>
    <message>
        <source>For %1 the data of %2 begins at its link header again, %3 further up. Others hold the same structure, so it is put back when %1 has looked.</source>
        <translation>给 %1 看时，%2 的 data 又回到链路层头，往前移了 %3。别人也持有同一个结构体，所以 %1 看完后要恢复原样。</translation>
    </message>
    <message>
        <source>Others hold %2 too: %1 keeps a clone of it, %3, and the structure is put back as it was.</source>
        <translation>别人也持有 %2：%1 留下它的克隆 %3，原结构体恢复原样。</translation>
    </message>
    <message>
        <source>%2 is queued for the reader of %1 with %3 of its %4.</source>
        <translation>%2 的 %4 中有 %3 进入 %1 的接收队列，等人来读。</translation>
    </message>
    <message>
        <source>The filter of %1 does not want %2: it was not even cloned for it.</source>
        <translation>%1 的过滤器不要 %2：连克隆都没有做。</translation>
    </message>
    <message>
        <source>The reader of %1 does not keep up: %2 wait in its queue already, and %3 may. The frame is lost to it, and counted.</source>
        <translation>%1 的读者跟不上：队列里已有 %2 在等，上限是 %3。这一帧它收不到，只记一次数。</translation>
    </message>
    <message>
        <source>%2 is in another network namespace than %1: the frame is none of its business.</source>
        <translation>%2 和 %1 不在同一个网络命名空间：这一帧与它无关。</translation>
    </message>
    <message>
        <source>%1 is of the oldest kind, SOCK_PACKET: it gets all of %2, and is told the name of its device instead of an address.</source>
        <translation>%1 是最老的一种，SOCK_PACKET：它得到整个 %2，并被告知设备名，而不是地址。</translation>
    </message>
    <message>
        <source>%1 does not want to see what this host sends (PACKET_IGNORE_OUTGOING).</source>
        <translation>%1 不想看本机发出的帧（PACKET_IGNORE_OUTGOING）。</translation>
    </message>
    <message>
        <source>%2 was sent by %1 itself: it is not shown to it.</source>
        <translation>%2 是 %1 自己发的：不再给它看。</translation>
    </message>
    <message>
        <source>%2 goes to the device as the program wrote it: no protocol has seen it. Its type is %3.</source>
        <translation>%2 按程序写的样子直接交给设备，没有经过任何协议。它的类型是 %3。</translation>
    </message>
    <message>
        <source>Frame %2 of the ring of %1 holds %3 of the packet now; its status word says %4: it is the program&apos;s.</source>
        <translation>%1 的环里第 %2 帧现在装着数据包的 %3；状态字是 %4：这一帧归程序了。</translation>
    </message>
    <message>
        <source>The program has not given frame %2 of the ring back yet: the packet is lost to %1, and counted.</source>
        <translation>程序还没有把环里的第 %2 帧还回来：%1 收不到这个数据包，只记一次数。</translation>
    </message>
    <message>
        <source>%1 has a ring of %2 frames of %3 each: packets are copied there, and the program reads them without a system call.</source>
        <translation>%1 有了一个环：%2 帧，每帧 %3。数据包复制到那里，程序不用系统调用就能读。</translation>
    </message>
    <message>
        <source>Somebody listens at %3: %2, a clone of %1, is shown to them before the driver gets it.</source>
        <translation>有人在听 %3：在驱动拿到之前，先把 %1 的克隆 %2 给他们看。</translation>
    </message>
    <message>
        <source>%1 takes every frame of its wire, whoever it is for: asked for %2 times.</source>
        <translation>%1 收下线路上的每一帧，不管是给谁的：共有 %2 次这样的请求。</translation>
    </message>
    <message>
        <source>%1 takes only what is for this host again.</source>
        <translation>%1 又只收给本机的帧了。</translation>
    </message>
    <message>
        <source>%1 has a filter of %3 instructions now, %2: it is asked about each packet before the packet is queued.</source>
        <translation>%1 现在有了一个 %3 条指令的过滤器 %2：每个数据包入队之前都要先问它。</translation>
    </message>
    <message>
        <source>%1 has lost its filter %2: it takes every packet again.</source>
        <translation>%1 去掉了过滤器 %2：又接收所有数据包了。</translation>
    </message>
    <message>
        <source>The filter of %1 is locked: nobody may change it any more, not even its owner.</source>
        <translation>%1 的过滤器锁定了：谁也不能再改，包括它的主人。</translation>
    </message>
    <message>
        <source>%1 is run on %2: what it calls byte 0 is the first of %3. A and X are 0.</source>
        <translation>在 %2 上运行 %1：它说的第 0 字节是这 %3 中的第一个。A 和 X 都是 0。</translation>
    </message>
    <message>
        <source>(%1) %2: now A is %3 and X is %4.</source>
        <translation>(%1) %2：现在 A 是 %3，X 是 %4。</translation>
    </message>
    <message>
        <source>(%1) %2: M[%3] is %4 now.</source>
        <translation>(%1) %2：M[%3] 现在是 %4。</translation>
    </message>
    <message>
        <source>(%1) %2: yes, A is %3: on to (%4).</source>
        <translation>(%1) %2：是，A 是 %3：转到 (%4)。</translation>
    </message>
    <message>
        <source>(%1) %2: no, A is %3: on to (%4).</source>
        <translation>(%1) %2：否，A 是 %3：转到 (%4)。</translation>
    </message>
    <message>
        <source>(%1) %2: on to (%3).</source>
        <translation>(%1) %2：转到 (%3)。</translation>
    </message>
    <message>
        <source>(%1) %2: offset %3 is not in the packet of %4. The program ends here, and its answer is 0.</source>
        <translation>(%1) %2：这个数据包有 %4，没有偏移 %3 这个位置。程序到此结束，回答是 0。</translation>
    </message>
    <message>
        <source>(%1) %2: X is 0, and nothing can be divided by it. The program ends here, and its answer is 0.</source>
        <translation>(%1) %2：X 是 0，不能做除数。程序到此结束，回答是 0。</translation>
    </message>
    <message>
        <source>(%1) %2: the program wants up to %3 of this packet.</source>
        <translation>(%1) %2：程序要这个数据包，至多 %3。</translation>
    </message>
    <message>
        <source>(%1) %2: the program does not want this packet.</source>
        <translation>(%1) %2：程序不要这个数据包。</translation>
    </message>
    <message>
        <source>The filter of %1 answers 0: %2 is not for it.</source>
        <translation>%1 的过滤器回答 0：%2 不是给它的。</translation>
    </message>
    <message>
        <source>The filter of %1 wants the first %3 of %2 only: the rest of its %4 is cut off.</source>
        <translation>%1 的过滤器只要 %2 的前 %3：一共 %4，其余的切掉。</translation>
    </message>
    <message>
        <source>Instruction (%1) has the code %2, which classic BPF does not have: the filter is refused.</source>
        <translation>第 (%1) 条指令的操作码是 %2，经典 BPF 里没有：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 would divide by zero each time: the filter is refused.</source>
        <translation>(%1) %2 每次都会除以零：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 would shift a word of 32 bits by 32 or more: the filter is refused.</source>
        <translation>(%1) %2 要把 32 位的字移 32 位或更多：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 speaks of a word beyond M[15], the last one: the filter is refused.</source>
        <translation>(%1) %2 用到了 M[15] 之后的字，而 M[15] 是最后一个：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 may jump behind the last of the %3 instructions: the filter is refused.</source>
        <translation>(%1) %2 可能跳到最后一条（共 %3 条）指令之后：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 asks for what the kernel has no answer to: the filter is refused.</source>
        <translation>(%1) %2 问的东西内核答不上来：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>The last of the %1 instructions is no ret: a program could run out of its end. The filter is refused.</source>
        <translation>%1 条指令的最后一条不是 ret：程序可能跑出末尾。拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>(%1) %2 reads a word that may never have been written on the way there: the filter is refused.</source>
        <translation>(%1) %2 读的字在走到这里之前可能从未写过：拒绝这个过滤器。</translation>
    </message>
    <message>
        <source>%1 is port %2 from now on: that is where answers to it go.</source>
        <translation>从现在起 %1 的端口号是 %2：给它的回答都送到这里。</translation>
    </message>
    <message>
        <source>The kernel reads the request of %1: %2, for the family %3.</source>
        <translation>内核读 %1 的请求：%2，协议族 %3。</translation>
    </message>
    <message>
        <source>The answer to %1 is an error: %2.</source>
        <translation>给 %1 的回答是一个错误：%2。</translation>
    </message>
    <message>
        <source>The answer to %1 is an acknowledgement: what it asked for is done.</source>
        <translation>给 %1 的回答是确认：它要做的事已经做好。</translation>
    </message>
    <message>
        <source>A part of the table for %1: %2. There is more of it.</source>
        <translation>给 %1 的表的一部分：%2。后面还有。</translation>
    </message>
    <message>
        <source>A part of the table for %1: %2. That was the last of it.</source>
        <translation>给 %1 的表的一部分：%2。这是最后一部分。</translation>
    </message>
    <message>
        <source>%1 holds %2 unread, and may hold %3: this message is lost for it. It is told by ENOBUFS, and hears nothing more until it has read all.</source>
        <translation>%1 积着 %2 没有读，上限是 %3：这条消息它收不到了。内核用 ENOBUFS 告诉它；全部读完之前，它再也听不到什么。</translation>
    </message>
    <message>
        <source>Linux has an answer to message %2 of %1, but Sockwalk does not simulate that part of the kernel: it is refused with EOPNOTSUPP.</source>
        <translation>对 %1 的消息 %2，Linux 有回答，但 Sockwalk 没有模拟内核的这一部分：用 EOPNOTSUPP 拒绝。</translation>
    </message>
    <message>
        <source>Sockwalk does not simulate %1 for the family %2: it is refused with EOPNOTSUPP, as Linux refuses what it lacks.</source>
        <translation>Sockwalk 没有模拟协议族 %2 的 %1：用 EOPNOTSUPP 拒绝，和 Linux 拒绝它没有的东西一样。</translation>
    </message>
    <message>
        <source>Sockwalk cannot do what the attribute %2 of this %1 asks for: it is refused with EOPNOTSUPP.</source>
        <translation>这条 %1 的属性 %2 要做的事，Sockwalk 做不了：用 EOPNOTSUPP 拒绝。</translation>
    </message>
    <message>
        <source>Sockwalk does not simulate addresses of %1 that go away by themselves: it is refused with EOPNOTSUPP.</source>
        <translation>Sockwalk 没有模拟 %1 上会自己到期的地址：用 EOPNOTSUPP 拒绝。</translation>
    </message>
    <message>
        <source>Linux tells of sockets of the family %1 and protocol %2 by a module that Sockwalk does not simulate: as without that module, there are none.</source>
        <translation>协议族 %1、协议 %2 的套接字，Linux 靠一个模块来列出，而 Sockwalk 没有模拟它：和没有这个模块时一样，一个也没有。</translation>
    </message>
    <message>
        <source>%1 asks for sockets that a program of conditions chooses: Sockwalk does not run such, and refuses it with EOPNOTSUPP.</source>
        <translation>%1 要的套接字由一段条件程序来挑选：Sockwalk 不运行这种程序，用 EOPNOTSUPP 拒绝。</translation>
    </message>
    <message>
        <source>Routes with %2 are not simulated by Sockwalk: this %1 is refused with EOPNOTSUPP.</source>
        <translation>Sockwalk 不模拟带 %2 的路由：这个 %1 以 EOPNOTSUPP 被拒绝。</translation>
    </message>
    <message>
        <source>Linux has the family %1 as a module, but Sockwalk does not simulate it, and it is not on this machine&apos;s disk: net_families[%1] still holds NULL.</source>
        <translation>Linux 的地址族 %1 是一个模块，但 Sockwalk 没有模拟它，这台机器的磁盘上也没有：net_families[%1] 仍是 NULL。</translation>
    </message>
    <message>
        <source>AF_INET with SOCK_PACKET is how programs asked for whole frames before there was AF_PACKET: that is what they get. The kernel says so in its log.</source>
        <translation>AF_INET 加 SOCK_PACKET 是 AF_PACKET 出现以前程序索取整个帧的写法：给它的就是 AF_PACKET。内核在日志里记上一笔。</translation>
    </message>
    <message>
        <source>AF_INET with SOCK_PACKET is how programs asked for whole frames before there was AF_PACKET: that is what they get. The log has it already.</source>
        <translation>AF_INET 加 SOCK_PACKET 是 AF_PACKET 出现以前程序索取整个帧的写法：给它的就是 AF_PACKET。日志里已经记过了。</translation>
    </message>
    <message>
        <source>net_families[%1] is NULL again: whoever asks for this family now has its module loaded once more.</source>
        <translation>net_families[%1] 又是 NULL 了：谁再要这个地址族，就得重新加载它的模块。</translation>
    </message>
    <message>
        <source>%1 is no longer registered.</source>
        <translation>%1 不再是已注册的协议。</translation>
    </message>
    <message>
        <source>inet_protos[%1] is empty again: nobody takes received packets of that protocol.</source>
        <translation>inet_protos[%1] 又空了：收到的这种协议的数据包没有人接。</translation>
    </message>
    <message>
        <source>User mode is asked for a module by the name %1: modprobe knows which file goes by it.</source>
        <translation>内核以 %1 这个名字向用户态要一个模块：modprobe 知道哪个文件叫这个名字。</translation>
    </message>
    <message>
        <source>kernel.modprobe is empty, so that no program is asked for %1.</source>
        <translation>kernel.modprobe 是空的，所以不会为 %1 去找任何程序。</translation>
    </message>
    <message>
        <source>The init of %1 is through: the module is live, and can be used.</source>
        <translation>%1 的 init 执行完毕：模块处于 live 状态，可以使用了。</translation>
    </message>
    <message>
        <source>%1 is about to leave, and takes no more users.</source>
        <translation>%1 即将离开，不再接受新的使用者。</translation>
    </message>
    <message>
        <source>%1 cannot go: its users are %2.</source>
        <translation>%1 不能离开：它还有 %2 个使用者。</translation>
    </message>
    <message>
        <source>The exit of %1 is through: nothing points into the module any more.</source>
        <translation>%1 的 exit 执行完毕：再没有什么指向这个模块。</translation>
    </message>
    <message>
        <source>There is no program %1 on this machine.</source>
        <translation>这台机器上没有 %1 这个程序。</translation>
    </message>
    <message>
        <source>%1 ends with 1: nothing on the disk goes by that name, or the kernel did not take it.</source>
        <translation>%1 以 1 结束：磁盘上没有叫这个名字的东西，或者内核没有接受它。</translation>
    </message>
    <message>
        <source>%1 ends with 0: the module is there.</source>
        <translation>%1 以 0 结束：模块已经在了。</translation>
    </message>
    <message>
        <source>Nobody has registered algorithms of the kind %1.</source>
        <translation>没有人注册过 %1 这一类算法。</translation>
    </message>
    <message>
        <source>One system call serves all sockets: its first argument asks for %1, and %2 of arguments are copied from the program&apos;s memory.</source>
        <translation>所有套接字共用一个系统调用：它的第一个参数要的是 %1，并从程序的内存里复制 %2 的参数。</translation>
    </message>
    <message>
        <source>The %1 of arguments cannot be read: they are not in the program&apos;s memory.</source>
        <translation>%1 的参数读不到：它们不在程序的内存里。</translation>
    </message>
    <message>
        <source>%1 uses obsolete (PF_INET,SOCK_PACKET): the kernel says so once, and makes it a socket of PF_PACKET.</source>
        <translation>%1 使用了过时的 (PF_INET,SOCK_PACKET)：内核只提醒一次，并把它当作 PF_PACKET 的套接字。</translation>
    </message>
    <message>
        <source>The kernel asks for the module %1 by its name, and waits for modprobe; nothing comes of it.</source>
        <translation>内核按名字请求模块 %1，并等待 modprobe；没有结果。</translation>
    </message>
    <message>
        <source>The chain of file systems has one more: %1.</source>
        <translation>文件系统的链上多了一个：%1。</translation>
    </message>
    <message>
        <source>%1 has a slab of its own now; each of its sockets takes %2.</source>
        <translation>%1 现在有了自己的 slab；它的每个套接字占 %2。</translation>
    </message>
    <message>
        <source>inet_protos[%1] is now %2: packets of that protocol would go there.</source>
        <translation>inet_protos[%1] 现在是 %2：该协议的数据包会送到那里。</translation>
    </message>
    <message>
        <source>That was the last reference to %1: it is closed here and now, within the call.</source>
        <translation>这是对 %1 的最后一个引用：就在这个调用里当场关闭。</translation>
    </message>
    <message>
        <source>%1 is in the group %2 now, which has %3 members: each frame is handed to one of them.</source>
        <translation>%1 现在在组 %2 里，这个组有 %3 个成员：每一帧只交给其中一个。</translation>
    </message>
    <message>
        <source>%1 takes frames of the group %2 no more; its members are %3.</source>
        <translation>%1 不再收组 %2 的帧；组里还有 %3 个成员。</translation>
    </message>
    <message>
        <source>Of the %3 members of the group %1, number %2 gets %4: %5.</source>
        <translation>组 %1 有 %3 个成员，%4 归第 %2 个：%5。</translation>
    </message>
    <message>
        <source>%3 of %2 are wanted in the ring of %1, and there is room for %4: the packet is cut.</source>
        <translation>%2 要有 %3 放进 %1 的环，而只放得下 %4：数据包被截短。</translation>
    </message>
    <message>
        <source>%1 has a ring of %2 blocks of %3 each: packets fill one behind the other, and a block is handed over when it is full or has been open for %4 ms.</source>
        <translation>%1 有了一个环：%2 块，每块 %3。数据包一个接一个往里放；一块满了，或者打开了 %4 毫秒，就整块交出去。</translation>
    </message>
    <message>
        <source>Block %1 of the ring is open now, with the sequence number %2: packets go there.</source>
        <translation>环里的第 %1 块现在打开了，序号是 %2：数据包放到那里。</translation>
    </message>
    <message>
        <source>%3 of the packet stand in block %2 of the ring of %1, as packet %4 of that block. The reader hears of it when the block is closed.</source>
        <translation>数据包有 %3 放进了 %1 的环的第 %2 块，是这一块的第 %4 个包。等这一块关上，读者才知道。</translation>
    </message>
    <message>
        <source>Block %2 of the ring of %1 is closed with its packets, %3 in number; its status word says %4: it is the program&apos;s.</source>
        <translation>%1 的环的第 %2 块关上了，里面有 %3 个包；状态字是 %4：这一块归程序了。</translation>
    </message>
    <message>
        <source>Block %2 is the next of the ring of %1, and the program has not given it back: the queue is frozen until it does.</source>
        <translation>%1 的环下一个该用第 %2 块，而程序还没有把它还回来：队列冻结，直到它还回来。</translation>
    </message>
    <message>
        <source>The program has not given block %2 of the ring back yet: the packet is lost to %1, and counted.</source>
        <translation>程序还没有把环里的第 %2 块还回来：%1 收不到这个数据包，只记一次数。</translation>
    </message>
    <message>
        <source>The program has read part %2 of the ring of %1, and gives it back: it writes 0, TP_STATUS_KERNEL, into the status word.</source>
        <translation>程序读完了 %1 的环的第 %2 份，把它还回来：往状态字里写 0，即 TP_STATUS_KERNEL。</translation>
    </message>
    <message>
        <source>The connection %1 cannot begin: another one with the same addresses and ports is in the table already. The packet is dropped.</source>
        <translation>连接 %1 无法开始：表里已经有一个地址和端口都相同的连接。包被丢弃。</translation>
    </message>
    <message>
        <source>No rule has dropped the packet: the connection %1 is put into the table, in the buckets %2 (as its packets go) and %3 (as the answers come).</source>
        <translation>没有规则丢弃这个包：连接 %1 放进表里，分别在桶 %2（去的方向）和桶 %3（回的方向）。</translation>
    </message>
    <message>
        <source>The time of the connection %1 is over: it is taken out of the table.</source>
        <translation>连接 %1 的时间到了：从表中取下。</translation>
    </message>
    <message>
        <source>There are %1 connections already, and no more may be: the packet is dropped.</source>
        <translation>已经有 %1 个连接，不能再多了：包被丢弃。</translation>
    </message>
    <message>
        <source>The packet %1 belongs to no connection and begins none: INVALID.</source>
        <translation>包 %1 不属于任何连接，也不开始一个连接：INVALID。</translation>
    </message>
    <message>
        <source>A packet from %2 to %3, %4, that belongs to no connection that is known: %1 is made for it, and is in no table yet.</source>
        <translation>从 %2 到 %3 的一个 %4 包，不属于已知的任何连接：为它建立 %1，还不在任何表里。</translation>
    </message>
    <message>
        <source>The error is about a packet of the connection %1: RELATED.</source>
        <translation>这个差错说的是连接 %1 的一个包：RELATED。</translation>
    </message>
    <message>
        <source>The packet is %1 in the connection %2.</source>
        <translation>在连接 %2 中，这个包是 %1。</translation>
    </message>
    <message>
        <source>The connection %1 goes from %2 to %3, as far as one beside the way can tell.</source>
        <translation>站在路边看来，连接 %1 从 %2 到了 %3。</translation>
    </message>
    <message>
        <source>The segment, %1 to %2, does not fit: up to %3 may be sent, and it acknowledges %4 of %5.</source>
        <translation>段 %1 到 %2 不合适：最多可以发到 %3，而它确认了 %5 中的 %4。</translation>
    </message>
    <message>
        <source>A rule of the namespace %1 asks for connections: from now on they are tracked there.</source>
        <translation>命名空间 %1 的一条规则要看连接：从现在起那里开始跟踪连接。</translation>
    </message>
    <message>
        <source>The packets of the connection %1 get another destination: %2, port %3. Answers of that host are translated back.</source>
        <translation>连接 %1 的包换了目的地：%2，端口 %3。那台主机的回答会转换回来。</translation>
    </message>
    <message>
        <source>No rule translates the connection %1: %2 stays as it is, and it is not asked again.</source>
        <translation>没有规则转换连接 %1：%2 保持不变，以后不再询问。</translation>
    </message>
    <message>
        <source>The header of the packet %1 is rewritten, %2: it is %3, port %4 now, and the checksums are corrected by the difference.</source>
        <translation>包 %1 的头部被改写，%2：现在是 %3，端口 %4；校验和按差值修正。</translation>
    </message>
    <message>
        <source>The packets of the connection %1 get another source: %2, port %3. Answers to it are translated back.</source>
        <translation>连接 %1 的包换了源：%2，端口 %3。发给它的回答会转换回来。</translation>
    </message>
    <message>
        <source>The segment is refused with a RST to %1, as if the port were closed.</source>
        <translation>该段被拒绝，向 %1 回一个 RST，好像端口没有打开一样。</translation>
    </message>
    <message>
        <source>The rule at offset %1 of the table matches, for the packet number %2, and its target %3 says what becomes of it.</source>
        <translation>表中偏移 %1 处的规则匹配，这是它的第 %2 个包；包的去向由目标 %3 决定。</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>expected a name that ends in .png, .svg or .pdf</source>
        <translation>文件名应以 .png、.svg 或 .pdf 结尾</translation>
    </message>
    <message>
        <source>cannot be drawn, for it is too large</source>
        <translation>太大，画不出来</translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Float or dock</source>
        <translation>浮动或停靠</translation>
    </message>
    <message>
        <source>Close (View brings it back)</source>
        <translation>关闭（从“视图”菜单找回）</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>reached through</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>TCP on loopback</source>
        <translation>环回上的 TCP</translation>
    </message>
    <message>
        <source>Connect, write, read, close: watch one kernel play both ends.</source>
        <translation>连接、写、读、关闭：看一个内核同时扮演两端。</translation>
    </message>
    <message>
        <source>Watch the SYN wait until ARP has found the other host.</source>
        <translation>看 SYN 怎样等到 ARP 找到对方主机。</translation>
    </message>
    <message>
        <source>A lost segment</source>
        <translation>丢失的一段</translation>
    </message>
    <message>
        <source>Three duplicate acknowledgements; watch what fast retransmit sends again.</source>
        <translation>三个重复确认：看快速重传重新发出什么。</translation>
    </message>
    <message>
        <source>Watch the red-black tree fill, and one read get all of it.</source>
        <translation>看红黑树一段段填满，再被一次读取全部拿走。</translation>
    </message>
    <message>
        <source>A server with epoll</source>
        <translation>用 epoll 的服务器</translation>
    </message>
    <message>
        <source>Watch who is woken when a connection comes in, and when data does.</source>
        <translation>看连接到来时唤醒了谁，数据到来时又唤醒了谁。</translation>
    </message>
    <message>
        <source>UDP through a router</source>
        <translation>经过路由器的 UDP</translation>
    </message>
    <message>
        <source>Three kernels; watch the datagram that is too long for the second link.</source>
        <translation>三个内核：看那个对第二段链路来说太长的数据报。</translation>
    </message>
    <message>
        <source>A UDP echo, captured</source>
        <translation>抓到的 UDP 回显</translation>
    </message>
    <message>
        <source>Twenty frames; watch the one for a closed port earn an ICMP error.</source>
        <translation>二十帧：看发往关闭端口的那一帧怎样换来 ICMP 差错。</translation>
    </message>
    <message>
        <source>A thousand frames</source>
        <translation>一千帧</translation>
    </message>
    <message>
        <source>Pings, fragments, TCP up and down; watch a server live through it.</source>
        <translation>ping、分片、上传和下载的 TCP：看一台服务器怎样度过这一切。</translation>
    </message>
    <message>
        <source>A page over HTTP</source>
        <translation>HTTP 上的一个网页</translation>
    </message>
    <message>
        <source>Two connections: watch one be kept alive and one be closed by the server.</source>
        <translation>两条连接：看一条保持下去，另一条由服务器关闭。</translation>
    </message>
    <message>
        <source>A download; watch SACK say what is missing, and what is sent again.</source>
        <translation>一次下载：看 SACK 说出缺了什么，又重传了什么。</translation>
    </message>
    <message>
        <source>A reader that sleeps</source>
        <translation>睡着的读者</translation>
    </message>
    <message>
        <source>Watch the window close, be probed and open again.</source>
        <translation>看窗口关上、受到探测、又重新打开。</translation>
    </message>
    <message>
        <source>Nobody listens</source>
        <translation>没有程序监听</translation>
    </message>
    <message>
        <source>A connection and a datagram refused: watch the RST and the ICMP error be made.</source>
        <translation>一条连接和一个数据报都遭到拒绝：看 RST 和 ICMP 差错怎样产生。</translation>
    </message>
    <message>
        <source>A lost fragment</source>
        <translation>丢失的分片</translation>
    </message>
    <message>
        <source>Watch a datagram without its middle wait, and be given up after 30 seconds.</source>
        <translation>看一个缺了中间的数据报一直等着，30 秒后放弃。</translation>
    </message>
    <message>
        <source>TCP, two hosts</source>
        <translation>TCP，两台主机</translation>
    </message>
    <message>
        <source>A loss, captured</source>
        <translation>抓到的一次丢失</translation>
    </message>
    <message>
        <source>Watch the program&apos;s pages be lent, and the error queue give them back.</source>
        <translation>看程序的页面被借走，再由错误队列归还。</translation>
    </message>
    <message>
        <source>Zero-copy sending</source>
        <translation>零拷贝发送</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>乱序的段</translation>
    </message>
    <message>
        <source>A passed descriptor</source>
        <translation>传递的描述符</translation>
    </message>
    <message>
        <source>Watch an open file go from a server to a worker through a local socket.</source>
        <translation>看一个打开的文件经过本地套接字，从服务器到工人手里。</translation>
    </message>
    <message>
        <source>A home router</source>
        <translation>家用路由器</translation>
    </message>
    <message>
        <source>Watch it masquerade for a laptop, let answers in, and refuse what nobody asked for.</source>
        <translation>看它为笔记本电脑做地址伪装，放回答进来，拒绝没有人要的东西。</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>lesson</source>
        <translation>课</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>recent file</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>run until</source>
        <translation>运行到</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>kernel data</source>
        <translation>内核数据</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>call</source>
        <translation>调用</translation>
    </message>
</context>
<context>
    <name>SearchWindow</name>
    <message>
        <source>packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>packet %1: %2</source>
        <translation>数据包 %1：%2</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
</context>
<context>
    <name>Simplified</name>
    <message>
        <source>the interrupt rate is not adapted to the load</source>
        <translation>中断频率不随负载调整</translation>
    </message>
    <message>
        <source>PCI configuration, EEPROM and PHY are not simulated; the link is always up at 1000 Mb/s</source>
        <translation>不模拟 PCI 配置、EEPROM 和 PHY；链路总是通的，1000 Mb/s</translation>
    </message>
    <message>
        <source>a frame larger than a page comes in one buffer; the driver takes a chain of pages</source>
        <translation>比一页大的帧放在一个缓冲区里；驱动用的是一串页</translation>
    </message>
    <message>
        <source>frames leave without VLAN tags; what the driver does about faulty old chips is left out</source>
        <translation>帧发出时不带 VLAN 标签；驱动为有毛病的旧芯片做的事省略</translation>
    </message>
    <message>
        <source>the reader takes each packet at once, so none waits in the ring that it reads from</source>
        <translation>读者立刻取走每个包，所以它读的环里从没有包在等</translation>
    </message>
    <message>
        <source>the packet is not charged to the device&apos;s own socket</source>
        <translation>包不记到设备自己的套接字账上</translation>
    </message>
    <message>
        <source>the interface is made at boot, not by the program that opens /dev/net/tun</source>
        <translation>接口在启动时就建好，而不是由打开 /dev/net/tun 的程序来建</translation>
    </message>
    <message>
        <source>no XDP, and so no NAPI and no ring between the two ends</source>
        <translation>没有 XDP，所以两端之间没有 NAPI，也没有环</translation>
    </message>
    <message>
        <source>paths are not counted, only how long they are</source>
        <translation>不数路径有多少条，只看它们有多长</translation>
    </message>
    <message>
        <source>how many descriptors a user may watch is not limited</source>
        <translation>一个人可以监视多少描述符，没有限制</translation>
    </message>
    <message>
        <source>only 0, nobody, can become the owner: no signal is delivered</source>
        <translation>属主只能是 0，也就是没有人：不送信号</translation>
    </message>
    <message>
        <source>locks, leases and pipes are refused; F_SETOWN takes 0, nobody, and no task</source>
        <translation>拒绝锁、租约和管道；F_SETOWN 接受 0（没有人），不接受任务</translation>
    </message>
    <message>
        <source>tables with more than 64 descriptors cannot be copied</source>
        <translation>超过 64 个描述符的表不能复制</translation>
    </message>
    <message>
        <source>security modules hang nothing on an inode</source>
        <translation>安全模块不往索引节点上挂东西</translation>
    </message>
    <message>
        <source>there is one directory, whatever the path says, and every file may be read and written</source>
        <translation>不管路径怎么写都只有一个目录，每个文件都可读可写</translation>
    </message>
    <message>
        <source>the list of descriptors is read where the program has it, not from a copy on the kernel&apos;s stack</source>
        <translation>描述符的列表在程序那里直接读，不在内核栈上复制一份</translation>
    </message>
    <message>
        <source>the set of blocked signals stays as it is</source>
        <translation>被阻塞的信号的集合保持不变</translation>
    </message>
    <message>
        <source>there is no disk to write the inode to</source>
        <translation>没有磁盘可以写入索引节点</translation>
    </message>
    <message>
        <source>the pipe between file and socket is a list</source>
        <translation>文件和套接字之间的管道是一个列表</translation>
    </message>
    <message>
        <source>the file system has no root directory and is on no list of mounts</source>
        <translation>文件系统没有根目录，也不在任何挂载列表里</translation>
    </message>
    <message>
        <source>only what the network needs is started, one after the other</source>
        <translation>只启动网络需要的部分，一个接一个</translation>
    </message>
    <message>
        <source>there is no grace period to wait for: the callback runs when the call in progress is over</source>
        <translation>没有宽限期要等：正在执行的调用结束后，回调就运行</translation>
    </message>
    <message>
        <source>signals are pending for the task itself, not for its process; no information comes with one</source>
        <translation>信号等在任务自己那里，而不是它的进程；信号不附带信息</translation>
    </message>
    <message>
        <source>the handler&apos;s address is all that is kept: no flags, no mask, and no handler is run</source>
        <translation>只保存处理函数的地址：没有标志，没有掩码，也不运行处理函数</translation>
    </message>
    <message>
        <source>nobody is told, and nobody waits to learn how the task ended</source>
        <translation>不通知任何人，也没有人等着知道任务怎样结束</translation>
    </message>
    <message>
        <source>a pid stands in no table here, so there is none to take it out of</source>
        <translation>这里没有登记 pid 的表，所以也不用从表里移除</translation>
    </message>
    <message>
        <source>there are no VLAN devices: a frame with the tag of a VLAN is for nobody here</source>
        <translation>没有 VLAN 设备：带 VLAN 标签的帧在这里没有接收者</translation>
    </message>
    <message>
        <source>the device is never polled busily</source>
        <translation>从不对设备忙轮询</translation>
    </message>
    <message>
        <source>no time passes while it runs, so it never ends because two ticks are over (on the recorded machine each packet takes one)</source>
        <translation>它运行时不花时间，所以从不因为过了两个时钟节拍而结束（在“照录制”的机器上，每个包花一个节拍）</translation>
    </message>
    <message>
        <source>a packet over loopback takes no time; on the recorded machine, half a millisecond</source>
        <translation>包经过回环不花时间；在“照录制”的机器上花半毫秒</translation>
    </message>
    <message>
        <source>there is one processor, so packets are not spread over several by their flow</source>
        <translation>只有一个处理器，所以包不按流分给多个处理器</translation>
    </message>
    <message>
        <source>no XDP, no traffic control on the way in, no bridges or bonds: a frame goes to the protocols at once</source>
        <translation>没有 XDP，没有入方向的流量控制，没有网桥和聚合：帧直接交给各协议</translation>
    </message>
    <message>
        <source>no per-CPU reference counts, no sysfs; one queue each way</source>
        <translation>没有每 CPU 的引用计数，没有 sysfs；每个方向一个队列</translation>
    </message>
    <message>
        <source>no sysfs, no netlink message; IPv4 is the only listener</source>
        <translation>没有 sysfs，没有 netlink 消息；只有 IPv4 在听</translation>
    </message>
    <message>
        <source>there is no IPsec, so nothing to encrypt</source>
        <translation>没有 IPsec，所以没有什么要加密</translation>
    </message>
    <message>
        <source>no VLAN tag to put in</source>
        <translation>没有 VLAN 标签要放进去</translation>
    </message>
    <message>
        <source>no filter of traffic control (tc) sees the packet on its way out</source>
        <translation>没有流量控制（tc）的过滤器在出去的路上看这个包</translation>
    </message>
    <message>
        <source>there is no PTP clock that would note when the packet was sent</source>
        <translation>没有 PTP 时钟记下包的发送时间</translation>
    </message>
    <message>
        <source>no garbage collection when there are too many destinations</source>
        <translation>目的地太多时没有垃圾回收</translation>
    </message>
    <message>
        <source>the memory is free at once, not after an RCU grace period</source>
        <translation>内存立刻释放，不等 RCU 宽限期</translation>
    </message>
    <message>
        <source>linear parts are copied always; no partial offload</source>
        <translation>线性区总是复制；没有部分卸载</translation>
    </message>
    <message>
        <source>no garbage collection, no statistics, no proxy entries</source>
        <translation>没有垃圾回收，没有统计，没有代理表项</translation>
    </message>
    <message>
        <source>no driver listens to neighbour events</source>
        <translation>没有驱动监听邻居事件</translation>
    </message>
    <message>
        <source>a namespace whose set-up fails half way is not taken down again</source>
        <translation>建到一半失败的命名空间不会拆掉</translation>
    </message>
    <message>
        <source>namespaces are not counted and live as long as the machine</source>
        <translation>命名空间不计数，活得和机器一样久</translation>
    </message>
    <message>
        <source>devices that leave are freed at once, so nothing was put off</source>
        <translation>离开的设备立刻释放，所以没有推迟的事</translation>
    </message>
    <message>
        <source>nothing is configured yet, and nobody listens to the message that the link is new</source>
        <translation>还什么都没配置，也没有人听“链路是新的”这条消息</translation>
    </message>
    <message>
        <source>only a device that is down can be moved: addresses and routes would have to be taken back</source>
        <translation>只能移动已关闭的设备：否则要收回地址和路由</translation>
    </message>
    <message>
        <source>a packet&apos;s time of sending (SCM_TXTIME) and time stamps are not kept</source>
        <translation>不保存包的发送时间（SCM_TXTIME）和时间戳</translation>
    </message>
    <message>
        <source>a list of buffers is changed in place even if another clone holds a part of it</source>
        <translation>缓冲区的链表就地修改，哪怕另一个克隆还持有其中一部分</translation>
    </message>
    <message>
        <source>one processor: nothing is ever left to another one to free</source>
        <translation>只有一个处理器：从不留给别的处理器去释放</translation>
    </message>
    <message>
        <source>pinned pages are not held against RLIMIT_MEMLOCK</source>
        <translation>锁住的页不计入 RLIMIT_MEMLOCK</translation>
    </message>
    <message>
        <source>the protocol&apos;s total is kept at once, not first for each processor; memory cgroups are not simulated</source>
        <translation>协议的总量立刻记账，不先按处理器分别记；不模拟内存 cgroup</translation>
    </message>
    <message>
        <source>the kernel&apos;s log is not kept</source>
        <translation>不保留内核日志</translation>
    </message>
    <message>
        <source>net.ipv4.tcp_migrate_req is not known: requests of a listener that ends do not move to another</source>
        <translation>不认识 net.ipv4.tcp_migrate_req：监听者结束时，它的请求不转给别人</translation>
    </message>
    <message>
        <source>the signal is not delivered: tasks here have no handlers for SIGURG</source>
        <translation>不送信号：这里的任务没有 SIGURG 的处理函数</translation>
    </message>
    <message>
        <source>no counters of SNMP, nothing in /proc, no tunnels</source>
        <translation>没有 SNMP 计数器，/proc 里什么都没有，没有隧道</translation>
    </message>
    <message>
        <source>interfaces, routes and ARP entries are not configured by ioctl</source>
        <translation>不用 ioctl 配置接口、路由和 ARP 表项</translation>
    </message>
    <message>
        <source>no proxy ARP: a question is answered for this host&apos;s own addresses only</source>
        <translation>没有代理 ARP：只回答问本机自己地址的询问</translation>
    </message>
    <message>
        <source>no ARP hooks of the netfilter: there are no arptables</source>
        <translation>没有 netfilter 的 ARP 钩子：没有 arptables</translation>
    </message>
    <message>
        <source>a route that has become invalid is looked up when it is next used, not here</source>
        <translation>失效的路由等到下次使用时才重新查，不在这里查</translation>
    </message>
    <message>
        <source>the device&apos;s settings are set by sysctl, but there are no files for them in /proc/sys</source>
        <translation>设备的设置用 sysctl 改，但 /proc/sys 里没有它们的文件</translation>
    </message>
    <message>
        <source>no policy routing: the default rules only</source>
        <translation>没有策略路由：只有默认规则</translation>
    </message>
    <message>
        <source>no netlink socket, no rules</source>
        <translation>没有 netlink 套接字，没有规则</translation>
    </message>
    <message>
        <source>one next hop, default metrics, no next-hop objects; a hash of fixed size</source>
        <translation>一个下一跳，默认度量值，没有下一跳对象；哈希表大小固定</translation>
    </message>
    <message>
        <source>a route has one next hop: no multipath, no choice between default routes</source>
        <translation>一条路由一个下一跳：没有多路径，不在默认路由之间选择</translation>
    </message>
    <message>
        <source>one bit a level; the kernel&apos;s trie takes several at once where it is dense</source>
        <translation>每层一个位；内核的 trie 在密集处一次取几个位</translation>
    </message>
    <message>
        <source>extended echo (PROBE) is never answered: it is off by default</source>
        <translation>从不回答扩展回显（PROBE）：它默认是关的</translation>
    </message>
    <message>
        <source>the counters of /proc/net/snmp are not kept</source>
        <translation>不维护 /proc/net/snmp 的计数器</translation>
    </message>
    <message>
        <source>a router&apos;s question is not answered: groups are reported when they are joined and left</source>
        <translation>不回答路由器的询问：加入和离开组时才报告</translation>
    </message>
    <message>
        <source>a report that waits for its moment is not left out because a neighbour was first</source>
        <translation>等着发的报告不会因为邻居先报告了就省掉</translation>
    </message>
    <message>
        <source>224.0.0.1, all hosts, is not on the list: every interface is in it</source>
        <translation>224.0.0.1（所有主机）不在列表上：每个接口都在这个组里</translation>
    </message>
    <message>
        <source>groups are joined for all sources</source>
        <translation>加入组时不限来源</translation>
    </message>
    <message>
        <source>groups are left for all sources</source>
        <translation>离开组时不限来源</translation>
    </message>
    <message>
        <source>requests of a listener that ends do not move to another that shares its port</source>
        <translation>监听者结束时，它的请求不转给共用端口的另一个监听者</translation>
    </message>
    <message>
        <source>one chain for all namespaces; the kernel has a table for each, which grows with what is in it</source>
        <translation>所有命名空间共用一条链；内核里每个命名空间一张表，随内容增大</translation>
    </message>
    <message>
        <source>the queue is free at once, not after an RCU grace period</source>
        <translation>队列立刻释放，不等 RCU 宽限期</translation>
    </message>
    <message>
        <source>the table that makes the next port unpredictable has 256 entries in place of 65,536</source>
        <translation>让下一个端口无法预测的表只有 256 项，而不是 65,536 项</translation>
    </message>
    <message>
        <source>a table of fixed size; the kernel keeps a tree and forgets the oldest</source>
        <translation>大小固定的表；内核用一棵树，并忘掉最旧的</translation>
    </message>
    <message>
        <source>the datagram gets no time stamp of its transmission</source>
        <translation>数据报没有发送时间戳</translation>
    </message>
    <message>
        <source>no IPsec policy, no router alert</source>
        <translation>没有 IPsec 策略，没有路由器告警</translation>
    </message>
    <message>
        <source>a sender whose identifiers run far ahead does not lose his oldest packet</source>
        <translation>标识跑得很前的发送方不会失去它最旧的包</translation>
    </message>
    <message>
        <source>packets with a source route are dropped, as this host is set to</source>
        <translation>带源路由的包丢弃，本机就是这样设置的</translation>
    </message>
    <message>
        <source>source routes are not turned round: packets with one are dropped</source>
        <translation>源路由不反转：带源路由的包丢弃</translation>
    </message>
    <message>
        <source>no BPF program of a control group looks at the packet</source>
        <translation>没有控制组的 BPF 程序看这个包</translation>
    </message>
    <message>
        <source>multicast packets of others are not forwarded</source>
        <translation>不转发别人的组播包</translation>
    </message>
    <message>
        <source>what is known of peers needs no cache, and IGMP no socket of its own</source>
        <translation>关于对端的信息不需要缓存，IGMP 也不需要自己的套接字</translation>
    </message>
    <message>
        <source>a socket that is connecting does not move to another address of ours (ip_dynaddr)</source>
        <translation>正在连接的套接字不会换到我们的另一个地址（ip_dynaddr）</translation>
    </message>
    <message>
        <source>the option is kept, and no packet is handed over for it: this host forwards none with a router alert</source>
        <translation>保存这个选项，但不会因它交出任何包：本机不转发带路由器告警的包</translation>
    </message>
    <message>
        <source>no tables are configured by socket options</source>
        <translation>不用套接字选项配置任何表</translation>
    </message>
    <message>
        <source>no multicast routing: every message is dropped, as on a host where no daemon has asked for them</source>
        <translation>没有组播路由：每条消息都丢弃，和没有守护进程要它们的主机一样</translation>
    </message>
    <message>
        <source>ports only: flags and options are not looked at</source>
        <translation>只看端口：不看标志和选项</translation>
    </message>
    <message>
        <source>no chains of one&apos;s own, and so no stack of calls between them</source>
        <translation>没有自定义的链，所以没有调用栈</translation>
    </message>
    <message>
        <source>asked directly; iptables(8) hands over the whole table by setsockopt(IPT_SO_SET_REPLACE)</source>
        <translation>直接提出要求；iptables(8) 用 setsockopt(IPT_SO_SET_REPLACE) 交出整张表</translation>
    </message>
    <message>
        <source>only the task&apos;s own group is looked at, not its supplementary ones</source>
        <translation>只看任务自己的组，不看它的附加组</translation>
    </message>
    <message>
        <source>multicast routing, which some of the calls ask about, is not simulated</source>
        <translation>有些调用会问到组播路由，这里没有模拟</translation>
    </message>
    <message>
        <source>a fixed hash; the kernel&apos;s has a secret key</source>
        <translation>固定的哈希；内核的哈希有一个秘密的密钥</translation>
    </message>
    <message>
        <source>one next hop: no multipath</source>
        <translation>一个下一跳：没有多路径</translation>
    </message>
    <message>
        <source>source routes are refused before they come here</source>
        <translation>源路由到不了这里，之前就已拒绝</translation>
    </message>
    <message>
        <source>algorithms are not loaded as modules: cubic and reno are there</source>
        <translation>算法不作为模块加载：有 cubic 和 reno</translation>
    </message>
    <message>
        <source>the exact root, bit by bit; the kernel&apos;s is quicker and 0.2 % off on average</source>
        <translation>逐位求出精确的根；内核的更快，平均差 0.2 %</translation>
    </message>
    <message>
        <source>Fast Open is not simulated, so it is not switched off either</source>
        <translation>没有模拟 Fast Open，所以也不用关掉它</translation>
    </message>
    <message>
        <source>TCP_FASTOPEN_CONNECT is not known: the SYN goes out at once</source>
        <translation>不认识 TCP_FASTOPEN_CONNECT：SYN 立刻发出</translation>
    </message>
    <message>
        <source>servers do not offer Fast Open: a cookie in a SYN is not looked at</source>
        <translation>服务器不提供 Fast Open：不看 SYN 里的 cookie</translation>
    </message>
    <message>
        <source>SO_TIMESTAMPING&apos;s report of an acknowledgement is not made</source>
        <translation>不产生 SO_TIMESTAMPING 的确认报告</translation>
    </message>
    <message>
        <source>TCP_REPAIR cannot fill the receive queue</source>
        <translation>TCP_REPAIR 不能填充接收队列</translation>
    </message>
    <message>
        <source>SIGIO is not sent to who asked for it with O_ASYNC</source>
        <translation>不把 SIGIO 送给用 O_ASYNC 要求它的人</translation>
    </message>
    <message>
        <source>no TCP Fast Open: data in a SYN is not taken</source>
        <translation>没有 TCP Fast Open：不收 SYN 里的数据</translation>
    </message>
    <message>
        <source>MD5 keys (RFC 2385) cannot be set, so none is found</source>
        <translation>不能设置 MD5 密钥（RFC 2385），所以找不到任何密钥</translation>
    </message>
    <message>
        <source>IP options of a SYN are not kept for the connection</source>
        <translation>不为连接保存 SYN 的 IP 选项</translation>
    </message>
    <message>
        <source>a route does not choose the congestion control</source>
        <translation>路由不选择拥塞控制</translation>
    </message>
    <message>
        <source>no Fast Open cookies are given out, so no key for them is made</source>
        <translation>不发 Fast Open cookie，所以也不为它们生成密钥</translation>
    </message>
    <message>
        <source>keys are refused: segments are not signed</source>
        <translation>拒绝密钥：段不签名</translation>
    </message>
    <message>
        <source>no data in the SYN (Fast Open)</source>
        <translation>SYN 里没有数据（Fast Open）</translation>
    </message>
    <message>
        <source>no MD5 signature, no Fast Open cookie, no multipath TCP</source>
        <translation>没有 MD5 签名，没有 Fast Open cookie，没有多路径 TCP</translation>
    </message>
    <message>
        <source>no MD5 signature; no options written by BPF programs</source>
        <translation>没有 MD5 签名；没有 BPF 程序写的选项</translation>
    </message>
    <message>
        <source>SO_TIMESTAMPING: no time stamps of transmission are taken</source>
        <translation>SO_TIMESTAMPING：不记发送时间戳</translation>
    </message>
    <message>
        <source>TCP Fast Open is refused; TCP_REPAIR only queues</source>
        <translation>拒绝 TCP Fast Open；TCP_REPAIR 只排队</translation>
    </message>
    <message>
        <source>no Fast Open: a SYN-ACK is always its request&apos;s to repeat</source>
        <translation>没有 Fast Open：SYN-ACK 总是由它的请求来重发</translation>
    </message>
    <message>
        <source>no upper layer protocol (TLS) can be attached, so there is none to take off</source>
        <translation>不能附加上层协议（TLS），所以没有什么要摘下</translation>
    </message>
    <message>
        <source>no tunnels, no fragments of one datagram (UFO)</source>
        <translation>没有隧道，没有同一数据报的片段（UFO）</translation>
    </message>
    <message>
        <source>no tunnels in UDP, no lists of fragments (a device&apos;s rx-gro-list)</source>
        <translation>没有 UDP 里的隧道，没有片段链表（设备的 rx-gro-list）</translation>
    </message>
    <message>
        <source>a number in place of a static key: the kernel patches its own code</source>
        <translation>用一个数代替 static key：内核会改写自己的代码</translation>
    </message>
    <message>
        <source>no VRF devices: nobody has a layer-3 master</source>
        <translation>没有 VRF 设备：没有谁有第三层的主设备</translation>
    </message>
    <message>
        <source>no VRF devices: every device uses the usual tables</source>
        <translation>没有 VRF 设备：每个设备都用平常的表</translation>
    </message>
    <message>
        <source>only the hooks of IPv4 exist</source>
        <translation>只有 IPv4 的钩子</translation>
    </message>
    <message>
        <source>hooks may accept or drop; queueing to user space is not simulated</source>
        <translation>钩子可以放行或丢弃；不模拟排队到用户空间</translation>
    </message>
    <message>
        <source>the discipline that was there before is not destroyed, and packets that wait in it stay there</source>
        <translation>原来的排队规则不销毁，在里面等的包也留在那里</translation>
    </message>
    <message>
        <source>one drop each time a packet has stood too long; the kernel spaces drops by a square root</source>
        <translation>包每次等得太久就丢一个；内核按平方根来拉开丢弃的间隔</translation>
    </message>
    <message>
        <source>no packet waits for a device&apos;s IPsec engine</source>
        <translation>没有包在等设备的 IPsec 引擎</translation>
    </message>
    <message>
        <source>the clock begins with the machine; devices give no stamps</source>
        <translation>时钟与机器一起开始；设备不给时间戳</translation>
    </message>
    <message>
        <source>the timeout of recvmmsg is not heeded</source>
        <translation>不理会 recvmmsg 的超时</translation>
    </message>
    <message>
        <source>there are no IPsec policies: the route stays as it is</source>
        <translation>没有 IPsec 策略：路由保持原样</translation>
    </message>
    <message>
        <source>a handler is no code that somebody has written, but one call with the sk_buff; there is one probe at a time</source>
        <translation>处理函数不是谁写的代码，只是用这个 sk_buff 做一次调用；同一时间只有一个探测点</translation>
    </message>
    <message>
        <source>the line leaves out text:, the address of the caller&apos;s machine code</source>
        <translation>这一行没有 text:，也就是调用者机器码的地址</translation>
    </message>
    <message>
        <source>the bytes are copied, as for a device that cannot gather a packet from several places</source>
        <translation>字节是复制的，就像设备不能从几处拼成一个包那样</translation>
    </message>
    <message>
        <source>there are no links, no mounts on the way, and no ..</source>
        <translation>途中没有链接、没有挂载点，也没有 ..</translation>
    </message>
    <message>
        <source>every program&apos;s working directory is the root</source>
        <translation>每个程序的工作目录都是根目录</translation>
    </message>
    <message>
        <source>no program sets a umask of its own: it is 022</source>
        <translation>没有程序设置自己的 umask：它就是 022</translation>
    </message>
    <message>
        <source>a plain file is only taken out of the list of files</source>
        <translation>普通文件只是从文件列表里取下</translation>
    </message>
    <message>
        <source>there is one namespace of numbers; that nr is free is known</source>
        <translation>进程号只有一个命名空间；nr 空闲是已知的</translation>
    </message>
    <message>
        <source>all accounts are on one chain</source>
        <translation>所有账户都在同一条链上</translation>
    </message>
    <message>
        <source>the device takes every multicast frame anyway, and only its own unicast address unless IFF_PROMISC is set</source>
        <translation>设备本来就收下所有组播帧；单播只收自己的，除非设了 IFF_PROMISC</translation>
    </message>
    <message>
        <source>of the listeners only rtnetlink and IPv4 are there</source>
        <translation>监听者里只有 rtnetlink 和 IPv4</translation>
    </message>
    <message>
        <source>of the flags only IFF_UP and IFF_NOARP can be changed</source>
        <translation>标志里只有 IFF_UP 和 IFF_NOARP 能改</translation>
    </message>
    <message>
        <source>Linux now translates the program to eBPF and that to machine code; here it is run as it was written</source>
        <translation>Linux 这时把程序翻译成 eBPF，再翻译成机器码；这里照原样运行</translation>
    </message>
    <message>
        <source>no programs of control groups</source>
        <translation>没有控制组的 BPF 程序</translation>
    </message>
    <message>
        <source>a filter that loads netlink attributes or the payload&apos;s offset is refused</source>
        <translation>要取 netlink 属性或载荷偏移的过滤器会被拒绝</translation>
    </message>
    <message>
        <source>no proxies, and no entries that the kernel keeps fresh by itself</source>
        <translation>没有代理，也没有内核自己保持新鲜的表项</translation>
    </message>
    <message>
        <source>of the tables only ARP&apos;s is there, and entries are not chosen by device or bridge</source>
        <translation>表里只有 ARP 的，不能按设备或网桥挑选表项</translation>
    </message>
    <message>
        <source>the only kind of link is veth</source>
        <translation>链路只有 veth 一种</translation>
    </message>
    <message>
        <source>devices have no other names, no alias and no virtual functions, and are below no bridge or bond</source>
        <translation>设备没有别的名字、没有别名、没有虚拟功能，也不在网桥或 bond 之下</translation>
    </message>
    <message>
        <source>the devices are few: the list of them is gone through, not a hash table</source>
        <translation>设备很少：顺着链表找，不用散列表</translation>
    </message>
    <message>
        <source>of a device its name, MTU, queue length, hardware address and whether it is up can be changed</source>
        <translation>设备能改的有名字、MTU、队列长度、硬件地址，以及是否启用</translation>
    </message>
    <message>
        <source>devices live as long as the machine</source>
        <translation>设备和机器同生共死</translation>
    </message>
    <message>
        <source>network classes and priorities of control groups are not kept</source>
        <translation>不记录控制组的网络类别和优先级</translation>
    </message>
    <message>
        <source>the flags are kept, but time stamps of transmission are not made, and no device has a clock of its own</source>
        <translation>标志会保留，但不生成发送时间戳，设备也没有自己的时钟</translation>
    </message>
    <message>
        <source>eBPF filters and reserved memory are refused; busy polling and SO_TXTIME are kept, and have no effect</source>
        <translation>eBPF 过滤器和预留内存会被拒绝；忙轮询和 SO_TXTIME 只记下来，不起作用</translation>
    </message>
    <message>
        <source>no domain can be configured: as on a host without netlabelctl, none is known</source>
        <translation>无法配置解释域：和没有 netlabelctl 的主机一样，一个也不认得</translation>
    </message>
    <message>
        <source>addresses do not go away by themselves</source>
        <translation>地址不会自己到期</translation>
    </message>
    <message>
        <source>no secondary address takes the primary one&apos;s place (promote_secondaries)</source>
        <translation>次要地址不会顶替主地址（promote_secondaries）</translation>
    </message>
    <message>
        <source>lifetimes of addresses are not kept</source>
        <translation>不记地址的有效期</translation>
    </message>
    <message>
        <source>routes that others made with this address as source stay</source>
        <translation>别人用这个地址作源地址建的路由留着</translation>
    </message>
    <message>
        <source>a route has one next hop, and no next-hop object</source>
        <translation>一条路由只有一个下一跳，也没有下一跳对象</translation>
    </message>
    <message>
        <source>what is known of single hosts behind a next hop is not told</source>
        <translation>关于下一跳后面单个主机的信息不列出</translation>
    </message>
    <message>
        <source>each level of the trie tells one bit apart: no node is made wider where it is dense</source>
        <translation>树的每一层只分一位：稠密处也不把节点加宽</translation>
    </message>
    <message>
        <source>all sockets are of one control group</source>
        <translation>所有套接字同属一个控制组</translation>
    </message>
    <message>
        <source>tells of TCP and UDP; in Linux it is a module</source>
        <translation>只列 TCP 和 UDP；在 Linux 里它是模块</translation>
    </message>
    <message>
        <source>groups of single sources, multicast routing and policies of IPsec are refused</source>
        <translation>只收特定来源的组、多播路由和 IPsec 策略都会被拒绝</translation>
    </message>
    <message>
        <source>only for packets of this host, not for ones that came in by a device (RTA_IIF); UDP&apos;s ports are 0</source>
        <translation>只问本机发的包，不问从设备进来的（RTA_IIF）；UDP 端口为 0</translation>
    </message>
    <message>
        <source>no connection has an MD5 key, so none expects a signature</source>
        <translation>没有连接设了 MD5 密钥，所以也没有谁期待签名</translation>
    </message>
    <message>
        <source>there are no security associations: no encrypted packet is for any of them</source>
        <translation>没有安全关联：加密的数据包不属于任何一个</translation>
    </message>
    <message>
        <source>no IPv6: its settings are the defaults, its counters are 0</source>
        <translation>没有 IPv6：设置取默认值，计数都是 0</translation>
    </message>
    <message>
        <source>the kernel&apos;s own sockets live as long as the machine</source>
        <translation>内核自己的套接字和机器同生共死</translation>
    </message>
    <message>
        <source>the hash table of ports does not grow</source>
        <translation>端口的散列表不会变大</translation>
    </message>
    <message>
        <source>the sender&apos;s identity is not given as a control message (SO_PASSCRED)</source>
        <translation>发送者的身份不作为控制消息给出（SO_PASSCRED）</translation>
    </message>
    <message>
        <source>there are no nlmon devices, to which a copy would go</source>
        <translation>没有 nlmon 设备，不必给它一份副本</translation>
    </message>
    <message>
        <source>control messages of the sender are not read</source>
        <translation>不读发送者的控制消息</translation>
    </message>
    <message>
        <source>members in other namespaces (NETLINK_LISTEN_ALL_NSID) do not hear it</source>
        <translation>其他网络命名空间里的成员（NETLINK_LISTEN_ALL_NSID）听不到</translation>
    </message>
    <message>
        <source>what stands behind a VLAN tag is not looked for: the card has taken the tag out</source>
        <translation>不看 VLAN 标签后面是什么：标签已由网卡取走</translation>
    </message>
    <message>
        <source>no virtio header before the frame (PACKET_VNET_HDR); nothing ever comes into the error queue</source>
        <translation>帧前没有 virtio 头（PACKET_VNET_HDR）；错误队列里从来没有东西</translation>
    </message>
    <message>
        <source>no virtio header before the frame (PACKET_VNET_HDR), no checksum of one&apos;s own (SO_NOFCS)</source>
        <translation>帧前没有 virtio 头（PACKET_VNET_HDR），不能自带校验（SO_NOFCS）</translation>
    </message>
    <message>
        <source>SIOCUNIXFILE is not there</source>
        <translation>没有 SIOCUNIXFILE</translation>
    </message>
    <message>
        <source>splice() from a local socket is not there</source>
        <translation>不能从本地套接字 splice()</translation>
    </message>
    <message>
        <source>the collector runs in one go, so that no peek can come between</source>
        <translation>回收者一口气做完，中间插不进窥视</translation>
    </message>
    <message>
        <source>a user with very many sockets in flight does not wait for the collector</source>
        <translation>在途套接字非常多的一方不会等回收者</translation>
    </message>
    <message>
        <source>the requests of old (TCPDIAG_GETSOCK) are not known</source>
        <translation>旧式请求（TCPDIAG_GETSOCK）不认识</translation>
    </message>
    <message>
        <source>a socket is not told when its device goes down or comes up, or leaves</source>
        <translation>设备停用、启用或离开时，不通知套接字</translation>
    </message>
    <message>
        <source>a ring of more than 8 MiB finds no memory</source>
        <translation>超过 8 MiB 的环分不到内存</translation>
    </message>
    <message>
        <source>TCP Fast Open, MD5 signatures and TLS (TCP_ULP) are refused; keys of Fast Open are kept, without effect</source>
        <translation>TCP Fast Open、MD5 签名和 TLS（TCP_ULP）会被拒绝；Fast Open 的密钥会保存下来，但不起作用</translation>
    </message>
    <message>
        <source>no program can map a socket (mmap), so no page is given; what is less than a page is not copied instead</source>
        <translation>没有程序能映射套接字（mmap），所以不会交出任何页；不足一页的数据也不会改为复制</translation>
    </message>
    <message>
        <source>no module on this disk registers a kind of algorithm</source>
        <translation>这个磁盘上没有任何模块注册算法类型</translation>
    </message>
    <message>
        <source>how many may be on their way at once (50) is not counted</source>
        <translation>不统计同时在途的请求（上限 50 个）</translation>
    </message>
    <message>
        <source>the file is neither read nor checked nor linked: its functions are in the engine already, and modules that it needs are not loaded</source>
        <translation>文件既不读取，也不检查，也不链接：它的函数已经在引擎里；它依赖的模块也不加载</translation>
    </message>
    <message>
        <source>nothing in sysfs, no symbols of others to give back, no grace period</source>
        <translation>sysfs 里什么也没有，没有别的模块的符号要归还，也不等宽限期</translation>
    </message>
    <message>
        <source>a module that is in use is not removed by force either (O_TRUNC)</source>
        <translation>正在使用的模块也不能强行移除（O_TRUNC）</translation>
    </message>
    <message>
        <source>a fatal signal does not end the wait</source>
        <translation>致命信号不会结束等待</translation>
    </message>
    <message>
        <source>no program is read from a disk; of what modprobe does, the calls that load a module are made</source>
        <translation>不从磁盘读取程序；modprobe 做的事里，只做加载模块的那些调用</translation>
    </message>
    <message>
        <source>the worker and the processes between it and the program are left out; a caller that is killed meanwhile waits all the same</source>
        <translation>工作线程以及它和程序之间的进程都略去了；其间被杀死的调用者照样等待</translation>
    </message>
    <message>
        <source>no place in the program&apos;s memory is looked for, and none of it is mapped</source>
        <translation>不在程序的内存里找位置，也不映射其中任何部分</translation>
    </message>
    <message>
        <source>it looks once and does not spin, since no frame comes while a call runs; the card&apos;s interrupts stay on</source>
        <translation>只查看一次，不会空转等待，因为调用运行期间不会有帧到达；网卡的中断保持打开</translation>
    </message>
    <message>
        <source>interrupts are switched on again at once: they are never put off</source>
        <translation>立即重新打开中断：从不推迟</translation>
    </message>
    <message>
        <source>the protocol&apos;s slab cache stays, and serves again when the protocol comes back; its number does not</source>
        <translation>协议的 slab 缓存留着，协议回来时再用；它的编号则不再用</translation>
    </message>
    <message>
        <source>no BPF program of the task&apos;s cgroup is asked, which might change the address or refuse it</source>
        <translation>不询问任务所在 cgroup 的 BPF 程序；它可以改动地址，也可以拒绝</translation>
    </message>
    <message>
        <source>no tunnel hangs on the socket</source>
        <translation>套接字上不挂隧道</translation>
    </message>
    <message>
        <source>there are no sessions (l2tp_core): what is not of the control channel is dropped</source>
        <translation>没有会话（l2tp_core）：不属于控制通道的一律丢弃</translation>
    </message>
    <message>
        <source>only IPv4 and ARP are looked into, and no tunnels</source>
        <translation>只看 IPv4 和 ARP，不看隧道</translation>
    </message>
    <message>
        <source>the driver is not asked: an Ethernet device is taken to have 1000 Mbit/s, of others nobody knows</source>
        <translation>不问驱动：以太网设备都算 1000 Mbit/s，别的设备不知道</translation>
    </message>
    <message>
        <source>a group that hands over what a member has no room for (ROLLOVER), that asks a program of BPF, or that puts fragments together first, is refused (EOPNOTSUPP)</source>
        <translation>会把成员放不下的转交出去（ROLLOVER）、要问 BPF 程序、或者要先重组分片的组，都拒绝（EOPNOTSUPP）</translation>
    </message>
    <message>
        <source>rings for sending, virtio headers and time stamps are refused (EOPNOTSUPP)</source>
        <translation>发送环、virtio 头和时间戳都拒绝（EOPNOTSUPP）</translation>
    </message>
    <message>
        <source>pressure matters in groups that hand over (PACKET_FANOUT_ROLLOVER), which are refused</source>
        <translation>压力只在会转交的组（PACKET_FANOUT_ROLLOVER）里有用，而那种组被拒绝</translation>
    </message>
    <message>
        <source>no copy of what does not fit a frame (PACKET_COPY_THRESH); the program cannot map the ring (what it would write there is played: `ring FD back N`)</source>
        <translation>放不下一帧的不另存副本（PACKET_COPY_THRESH）；程序不能映射这个环（它会往里写的，由 `ring FD back N` 代劳）</translation>
    </message>
    <message>
        <source>extensions are not kept</source>
        <translation>不保存扩展</translation>
    </message>
    <message>
        <source>no bridges, and REJECT stands only where the packet has a route</source>
        <translation>没有网桥，并且 REJECT 只用在包已有路由的地方</translation>
    </message>
    <message>
        <source>REJECT stands only where the packet has a route</source>
        <translation>REJECT 只用在包已有路由的地方</translation>
    </message>
    <message>
        <source>the list is made anew; readers need not be waited for</source>
        <translation>链表重新建立；不需要等待读者</translation>
    </message>
    <message>
        <source>no zones: a flow is told by its tuple and its namespace</source>
        <translation>没有 zone：流由它的元组和命名空间区分</translation>
    </message>
    <message>
        <source>where the table is full, the packet is dropped: no other entry makes way</source>
        <translation>表满时包被丢弃：不会让别的条目腾出位置</translation>
    </message>
    <message>
        <source>one processor: nobody else can look</source>
        <translation>只有一个处理器：没有别人会来看</translation>
    </message>
    <message>
        <source>no time stamps</source>
        <translation>没有时间戳</translation>
    </message>
    <message>
        <source>two entries that clash are not made one: the later packet is dropped</source>
        <translation>两个冲突的条目不会合并：后来的包被丢弃</translation>
    </message>
    <message>
        <source>packets and bytes of a connection are not counted: nf_conntrack_acct is off</source>
        <translation>不统计连接的包数和字节数：nf_conntrack_acct 是关闭的</translation>
    </message>
    <message>
        <source>no helpers</source>
        <translation>没有 helper</translation>
    </message>
    <message>
        <source>no connections are expected</source>
        <translation>没有预期的连接</translation>
    </message>
    <message>
        <source>nobody listens for events of connections</source>
        <translation>没有人监听连接事件</translation>
    </message>
    <message>
        <source>1024 buckets, as the parameter hashsize=1024 makes them; no worker collects the entries whose time is over: who looks along a chain does</source>
        <translation>1024 个桶，如同参数 hashsize=1024；没有工作线程回收到期的条目：谁沿着链查找，谁就取下它们</translation>
    </message>
    <message>
        <source>IPv4 only; of the protocols besides TCP, UDP and ICMP the addresses alone tell a flow</source>
        <translation>只有 IPv4；除 TCP、UDP、ICMP 以外的协议只用地址区分流</translation>
    </message>
    <message>
        <source>no helpers, no expected connections, no extensions but NAT&apos;s</source>
        <translation>没有 helper，没有预期的连接，除 NAT 以外没有扩展</translation>
    </message>
    <message>
        <source>no helper reads what the connection carries</source>
        <translation>没有 helper 读取连接传送的内容</translation>
    </message>
    <message>
        <source>no files in /proc</source>
        <translation>/proc 中没有文件</translation>
    </message>
    <message>
        <source>IPv4 only; the module nf_conntrack comes with the first rule that needs it</source>
        <translation>只有 IPv4；模块 nf_conntrack 随第一条需要它的规则而来</translation>
    </message>
    <message>
        <source>the hook that puts fragments together stays</source>
        <translation>重组分片的钩子会留下来</translation>
    </message>
    <message>
        <source>no SYN proxy; a FIN or RST outside of the window does not shorten the entry&apos;s life</source>
        <translation>没有 SYN 代理；窗口之外的 FIN 或 RST 不会缩短条目的寿命</translation>
    </message>
    <message>
        <source>no helpers: nothing is moved</source>
        <translation>没有 helper：没有移动</translation>
    </message>
    <message>
        <source>TCP, UDP and ICMP; other protocols have nothing to translate but addresses</source>
        <translation>TCP、UDP 和 ICMP；其他协议只有地址可以转换</translation>
    </message>
    <message>
        <source>of a range of addresses the first is taken</source>
        <translation>地址范围中只取第一个</translation>
    </message>
    <message>
        <source>one extension is all that there is room for</source>
        <translation>只有放一个扩展的位置</translation>
    </message>
    <message>
        <source>connections do not end when the device loses its address</source>
        <translation>设备失去地址时连接不会结束</translation>
    </message>
    <message>
        <source>TCP, UDP and ICMP</source>
        <translation>TCP、UDP 和 ICMP</translation>
    </message>
    <message>
        <source>IPv4 only</source>
        <translation>只有 IPv4</translation>
    </message>
    <message>
        <source>the matches of all families stand in one list</source>
        <translation>所有协议族的匹配放在同一个链表里</translation>
    </message>
    <message>
        <source>the targets of all families stand in one list</source>
        <translation>所有协议族的目标放在同一个链表里</translation>
    </message>
    <message>
        <source>states only: addresses, ports, times of a connection are not looked at</source>
        <translation>只看状态：不看连接的地址、端口和时间</translation>
    </message>
    <message>
        <source>the table of names has one bucket</source>
        <translation>名字表只有一个桶</translation>
    </message>
    <message>
        <source>files are counted here, where the kernel counts them when a slab of them is made</source>
        <translation>文件在这里计数；内核则在建立它们的 slab 时计数</translation>
    </message>
    <message>
        <source>nobody is told by epoll, and no lock on the file is dropped: there are none</source>
        <translation>没有 epoll 要通知，也没有文件锁要放开：这些都不存在</translation>
    </message>
    <message>
        <source>file systems that have no memory of their own for inodes are not there</source>
        <translation>这里没有那种不为 inode 自备内存的文件系统</translation>
    </message>
    <message>
        <source>inodes without a link to them, whose file is to be deleted, are not there</source>
        <translation>这里没有链接数为零、文件将被删除的 inode</translation>
    </message>
    <message>
        <source>of all that is built in only IPv4 starts</source>
        <translation>编进内核的各部分中，只有 IPv4 会启动</translation>
    </message>
    <message>
        <source>buses, drivers and sysctls are not set up</source>
        <translation>总线、驱动和 sysctl 都不建立</translation>
    </message>
    <message>
        <source>no file system is mounted, and /sbin/init is not started</source>
        <translation>不挂载任何文件系统，也不启动 /sbin/init</translation>
    </message>
    <message>
        <source>the first process has no thread of its own: it runs here</source>
        <translation>第一个进程没有自己的线程：它就在这里运行</translation>
    </message>
    <message>
        <source>only what sockets need is started</source>
        <translation>只启动套接字所需要的部分</translation>
    </message>
    <message>
        <source>there is no modprobe that could be started, so nothing is found</source>
        <translation>没有可以启动的 modprobe，所以什么也找不到</translation>
    </message>
    <message>
        <source>the buffers&apos; sizes are those of a machine with a middling amount of memory</source>
        <translation>缓冲区大小按一台内存中等的机器来定</translation>
    </message>
    <message>
        <source>no filter and no time stamps can be asked for here, so there are none to be taken off</source>
        <translation>这里不能设置过滤器和时间戳，所以也没有可撤掉的</translation>
    </message>
    <message>
        <source>no packet can have come meanwhile, so the backlog is empty</source>
        <translation>其间不可能有数据包到来，所以 backlog 是空的</translation>
    </message>
    <message>
        <source>no packets wait in its queues, and it has no options and no route</source>
        <translation>它的队列里没有等待的数据包，也没有选项和路由</translation>
    </message>
    <message>
        <source>it can have joined no multicast groups, and nobody can make it linger</source>
        <translation>它不可能加入过多播组，也没有谁能让它 linger</translation>
    </message>
    <message>
        <source>nothing is counted</source>
        <translation>不作任何计数</translation>
    </message>
    <message>
        <source>there is no /proc</source>
        <translation>没有 /proc</translation>
    </message>
    <message>
        <source>no packet is sent here, so no neighbour is looked for</source>
        <translation>这里不发送数据包，所以不查找邻居</translation>
    </message>
    <message>
        <source>no packet is sent here, so there are no routes</source>
        <translation>这里不发送数据包，所以没有路由</translation>
    </message>
    <message>
        <source>the kernel&apos;s own sockets for ICMP are not made</source>
        <translation>内核自己的 ICMP 套接字不创建</translation>
    </message>
    <message>
        <source>nothing is forwarded</source>
        <translation>不转发任何数据包</translation>
    </message>
    <message>
        <source>no fragment arrives</source>
        <translation>不会有分片到来</translation>
    </message>
    <message>
        <source>it cannot have asked for packets with the router alert</source>
        <translation>它不可能要求过接收带 Router Alert 选项的数据包</translation>
    </message>
    <message>
        <source>its timers never ran, it has no port, and nothing waits in its queues</source>
        <translation>它的定时器从未运行，它没有端口，队列里也没有东西等待</translation>
    </message>
    <message>
        <source>only a socket that never was connected is closed here</source>
        <translation>这里只关闭从未建立过连接的套接字</translation>
    </message>
    <message>
        <source>the kernel&apos;s own socket for resets is not made</source>
        <translation>内核自己用来发送复位的套接字不创建</translation>
    </message>
    <message>
        <source>the tables of connections are not made: there are none</source>
        <translation>连接表不建立：没有连接</translation>
    </message>
    <message>
        <source>it has no port, so no packet can find it</source>
        <translation>它没有端口，所以没有数据包能找到它</translation>
    </message>
    <message>
        <source>the slab&apos;s constructor, init_once(), is run for each object and not when its slab is made</source>
        <translation>slab 的构造函数 init_once() 对每个对象各运行一次，而不是在建立 slab 时运行</translation>
    </message>
    <message>
        <source>nobody can ask for signals here, so there is nothing to take off the list</source>
        <translation>这里没有谁能要求信号通知，所以没有要从链表中摘下的</translation>
    </message>
    <message>
        <source>no packet is made here: the caches for sk_buffs are made, and stay empty</source>
        <translation>这里不产生数据包：sk_buff 的缓存会建立，但一直是空的</translation>
    </message>
    <message>
        <source>packets are not looked at by anybody: there are none</source>
        <translation>没有谁查看数据包：这里没有数据包</translation>
    </message>
    <message>
        <source>of the seventeen calls only socket() is there</source>
        <translation>十七个调用中只有 socket()</translation>
    </message>
</context>
<context>
    <name>Tell</name>
    <message>
        <source>%1, cut from %2</source>
        <translation>%1，从 %2 切出</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>a clone of %1</source>
        <translation>%1 的克隆</translation>
    </message>
    <message>
        <source>a copy of %1</source>
        <translation>%1 的副本</translation>
    </message>
    <message>
        <source>a segment of %1</source>
        <translation>%1 的一个段</translation>
    </message>
    <message>
        <source>an IP fragment of %1</source>
        <translation>%1 的一个 IP 分片</translation>
    </message>
    <message>
        <source>the rear part of %1</source>
        <translation>%1 的后半部分</translation>
    </message>
    <message>
        <source>one other comes of it</source>
        <translation>由它产生了另一个</translation>
    </message>
    <message>
        <source>%1 others come of it</source>
        <translation>由它产生了另外 %1 个</translation>
    </message>
    <message>
        <source>first of an fclone pair</source>
        <translation>fclone 对里的第一个</translation>
    </message>
    <message>
        <source>clone, second of an fclone pair</source>
        <translation>克隆，fclone 对里的第二个</translation>
    </message>
    <message>
        <source>cloned: %1 sk_buffs share the bytes (dataref)</source>
        <translation>cloned：%1 个 sk_buff 共享这些字节（dataref）</translation>
    </message>
    <message>
        <source>cloned once; it alone holds the bytes now</source>
        <translation>克隆过一次；现在只有它持有这些字节</translation>
    </message>
    <message>
        <source>GSO: segments of %1 bytes</source>
        <translation>GSO：每段 %1 字节</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>撤回：%1</translation>
    </message>
    <message>
        <source>owner %1</source>
        <translation>属主 %1</translation>
    </message>
    <message>
        <source>owner none</source>
        <translation>没有属主</translation>
    </message>
    <message>
        <source>users %1</source>
        <translation>users %1</translation>
    </message>
    <message>
        <source>truesize %1</source>
        <translation>truesize %1</translation>
    </message>
    <message>
        <source>packet %1 in this structure</source>
        <translation>这个结构体里的包 %1</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>payload</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>the %1-byte %2 header</source>
        <translation>%1 字节的 %2 头</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1 从 %2 变为 %3</translation>
    </message>
    <message>
        <source>%1 is not set any more</source>
        <translation>%1 不再设置</translation>
    </message>
    <message>
        <source>%1 is %2 now</source>
        <translation>%1 现在是 %2</translation>
    </message>
    <message>
        <source>the buffer is at %1 now, data at %2</source>
        <translation>缓冲区现在在 %1，data 在 %2</translation>
    </message>
    <message>
        <source>data moved from %1 to %2</source>
        <translation>data 从 %1 移到 %2</translation>
    </message>
    <message>
        <source>tail from %1 to %2</source>
        <translation>tail 从 %1 移到 %2</translation>
    </message>
    <message>
        <source>tail moved from %1 to %2</source>
        <translation>tail 从 %1 移到 %2</translation>
    </message>
    <message>
        <source>protocol is %1 now</source>
        <translation>protocol 现在是 %1</translation>
    </message>
    <message>
        <source>it belongs to %1 now</source>
        <translation>它现在属于 %1</translation>
    </message>
    <message>
        <source>it has no owner any more</source>
        <translation>它不再有属主</translation>
    </message>
    <message>
        <source>its device is %1 now</source>
        <translation>它的设备现在是 %1</translation>
    </message>
    <message>
        <source>it counts as cloned: others may see the same bytes</source>
        <translation>它算作已克隆：别人也可能看到同样的字节</translation>
    </message>
    <message>
        <source>it does not count as cloned any more</source>
        <translation>它不再算作已克隆</translation>
    </message>
    <message>
        <source>has reserved %1 of headroom</source>
        <translation>预留了 %1头部空间</translation>
    </message>
    <message>
        <source>has put %1 at the end</source>
        <translation>在尾部追加了 %1</translation>
    </message>
    <message>
        <source>has pushed %1 in front</source>
        <translation>在前面压入了 %1</translation>
    </message>
    <message>
        <source>has pulled %1</source>
        <translation>拉掉了 %1</translation>
    </message>
    <message>
        <source>has trimmed %1 from the end</source>
        <translation>从尾部裁掉了 %1</translation>
    </message>
    <message>
        <source>has given the packet another buffer</source>
        <translation>给包换了一个缓冲区</translation>
    </message>
    <message>
        <source>has marked where a header begins</source>
        <translation>标出了一个头从哪里开始</translation>
    </message>
    <message>
        <source>has changed the sk_buff</source>
        <translation>改了这个 sk_buff</translation>
    </message>
    <message>
        <source>The machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>%1 has made the buffer: %2 bytes from head to end, data and tail at %3, truesize %4.</source>
        <translation>%1 创建了缓冲区：head 到 end 共 %2 字节，data 和 tail 都在 %3，truesize %4。</translation>
    </message>
    <message>
        <source>%1 %2.</source>
        <translation>%1 %2。</translation>
    </message>
    <message>
        <source>%1 %2: %3.</source>
        <translation>%1 %2：%3。</translation>
    </message>
    <message>
        <source>The structure describes the packet, the bytes stand in a buffer of their own. skb_shared_info takes the last 320 bytes.</source>
        <translation>结构体描述包，字节放在另外的缓冲区里。最后 320 字节归 skb_shared_info。</translation>
    </message>
    <message>
        <source>Nothing is in the buffer yet. The room in front is for headers that lower layers will push.</source>
        <translation>缓冲区里还什么都没有。前面的空间留给下层要压入的头。</translation>
    </message>
    <message>
        <source>The new bytes stand between the old tail and the new one. There is tailroom for %1 more.</source>
        <translation>新的字节在旧 tail 和新 tail 之间。尾部空间还剩 %1。</translation>
    </message>
    <message>
        <source>The bytes are still there, below data: that is the headroom now. transport_header marks where %1 begins, and data stands on it.</source>
        <translation>那些字节还在，在 data 之前：那里现在是头部空间。transport_header 标出 %1 从哪里开始，data 正好在那里。</translation>
    </message>
    <message>
        <source>The bytes are still there, below data: that is the headroom now.</source>
        <translation>那些字节还在，在 data 之前：那里现在是头部空间。</translation>
    </message>
    <message>
        <source>What stood behind the new tail does not belong to the packet: padding of the wire, or the frame&apos;s checksum.</source>
        <translation>新 tail 之后的东西不属于这个包：是线路上的填充，或者帧的校验和。</translation>
    </message>
    <message>
        <source>The old one was too small, or shared with a clone. All pointers and marks move along.</source>
        <translation>旧的太小，或者与克隆共享。所有指针和标记跟着一起移。</translation>
    </message>
    <message>
        <source>Marks are offsets from head, so they stay right when data moves.</source>
        <translation>标记是相对 head 的偏移，所以 data 移动时它们仍然正确。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>%1 %2%</source>
        <translation>%1 %2%</translation>
    </message>
    <message>
        <source>%1 ns in all: %2</source>
        <translation>一共 %1 ns：%2</translation>
    </message>
    <message>
        <source>dropped: %1</source>
        <translation>丢弃：%1</translation>
    </message>
    <message>
        <source>returned %1</source>
        <translation>返回了 %1</translation>
    </message>
    <message>
        <source>reached through %1</source>
        <translation>经 %1 到达</translation>
    </message>
    <message>
        <source>slot</source>
        <translation>表项</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>table call</source>
        <translation>表调用</translation>
    </message>
    <message>
        <source>list searched</source>
        <translation>查找的链表</translation>
    </message>
    <message>
        <source>(no entry)</source>
        <translation>（没有表项）</translation>
    </message>
    <message>
        <source>0 or 1</source>
        <translation>0 或 1</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>a name</source>
        <translation>一个名字</translation>
    </message>
    <message>
        <source>a time such as 10ms, or a number of seconds</source>
        <translation>一段时间，如 10ms，或一个秒数</translation>
    </message>
    <message>
        <source>a text in quotation marks</source>
        <translation>引号里的文字</translation>
    </message>
    <message>
        <source>an address such as 10.0.0.1 or 10.0.0.0/8</source>
        <translation>一个地址，如 10.0.0.1 或 10.0.0.0/8</translation>
    </message>
    <message>
        <source>an address such as 02:00:00:00:00:01</source>
        <translation>一个地址，如 02:00:00:00:00:01</translation>
    </message>
    <message>
        <source>a text in quotation marks, or bytes such as 47:45:54</source>
        <translation>引号里的文字，或字节，如 47:45:54</translation>
    </message>
    <message>
        <source>there is no %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>there is no %1; the nearest is %2</source>
        <translation>没有 %1；最接近的是 %2</translation>
    </message>
    <message>
        <source>%1 knows no %2</source>
        <translation>%1 里没有 %2</translation>
    </message>
    <message>
        <source>%1 knows no %2; the nearest is %3</source>
        <translation>%1 里没有 %2；最接近的是 %3</translation>
    </message>
    <message>
        <source>%1 is compared with %2</source>
        <translation>%1 要与%2比较</translation>
    </message>
    <message>
        <source>%1 is never %2</source>
        <translation>%1 从不是 %2</translation>
    </message>
    <message>
        <source>%1 is never %2; the nearest is %3</source>
        <translation>%1 从不是 %2；最接近的是 %3</translation>
    </message>
    <message>
        <source>expected a regular expression in quotation marks</source>
        <translation>这里应是引号里的正则表达式</translation>
    </message>
    <message>
        <source>the regular expression is longer than %1 letters</source>
        <translation>正则表达式超过 %1 个字符</translation>
    </message>
    <message>
        <source>this is no regular expression: %1</source>
        <translation>这不是正则表达式：%1</translation>
    </message>
    <message>
        <source>%1 is never like that</source>
        <translation>%1 从不是这样</translation>
    </message>
    <message>
        <source>a comparison has two sides; &amp;&amp; joins two comparisons</source>
        <translation>一个比较有两边；&amp;&amp; 连接两个比较</translation>
    </message>
    <message>
        <source>there is no ( for this )</source>
        <translation>这个 ) 没有对应的 (</translation>
    </message>
    <message>
        <source>expected &amp;&amp; or ||</source>
        <translation>这里应是 &amp;&amp; 或 ||</translation>
    </message>
    <message>
        <source>expected an operator such as == after %1, or &amp;&amp; or ||</source>
        <translation>%1 之后应是运算符，如 ==，或者 &amp;&amp; 或 ||</translation>
    </message>
    <message>
        <source>this is nested too deep</source>
        <translation>嵌套太深</translation>
    </message>
    <message>
        <source>there is no ) for this (</source>
        <translation>这个 ( 没有对应的 )</translation>
    </message>
    <message>
        <source>expected a name such as %1</source>
        <translation>这里应是一个名字，如 %1</translation>
    </message>
    <message>
        <source>expected a name such as %1 here</source>
        <translation>这里应是一个名字，如 %1</translation>
    </message>
    <message>
        <source>%1 takes nothing in parentheses</source>
        <translation>%1 不带括号</translation>
    </message>
    <message>
        <source>expected parentheses: %1(...)</source>
        <translation>这里应有括号：%1(...)</translation>
    </message>
    <message>
        <source>expected a name in the parentheses</source>
        <translation>括号里应是一个名字</translation>
    </message>
    <message>
        <source>expected )</source>
        <translation>这里应是 )</translation>
    </message>
    <message>
        <source>&amp; tests bits, and %1 is no number</source>
        <translation>&amp; 检查位，而 %1 不是数</translation>
    </message>
    <message>
        <source>expected a value</source>
        <translation>这里应是一个值</translation>
    </message>
    <message>
        <source>expected an operator such as == after %1(...)</source>
        <translation>%1(...) 之后应是运算符，如 ==</translation>
    </message>
    <message>
        <source>%1 and %2 are not of one kind</source>
        <translation>%1 和 %2 不是同一类</translation>
    </message>
    <message>
        <source>the bits stand on the left side</source>
        <translation>位要写在左边</translation>
    </message>
    <message>
        <source>%1 has no greater and less: expected == or !=</source>
        <translation>%1 没有大小之分：应是 == 或 !=</translation>
    </message>
    <message>
        <source>%1 is there or it is not: it has no value to compare</source>
        <translation>%1 只有在或不在，没有值可比</translation>
    </message>
    <message>
        <source>a prefix is many addresses: expected == or !=</source>
        <translation>一个前缀是许多地址：应是 == 或 !=</translation>
    </message>
    <message>
        <source>expected { and the values, such as {1, 2, 5..9}</source>
        <translation>这里应是 { 和一些值，如 {1, 2, 5..9}</translation>
    </message>
    <message>
        <source>expected , or }</source>
        <translation>这里应是 , 或 }</translation>
    </message>
    <message>
        <source>%1 has no greater and less</source>
        <translation>%1 没有大小之分</translation>
    </message>
    <message>
        <source>the range ends before it begins</source>
        <translation>范围的末尾在开头之前</translation>
    </message>
    <message>
        <source>%1 is no text: expected == or another comparison</source>
        <translation>%1 不是文字：应是 == 或别的比较</translation>
    </message>
    <message>
        <source>one = means nothing here: == compares</source>
        <translation>单个 = 在这里没有意义：== 才是比较</translation>
    </message>
    <message>
        <source>one | means nothing here: || is &quot;or&quot;</source>
        <translation>单个 | 在这里没有意义：|| 才是“或”</translation>
    </message>
    <message>
        <source>%1 means nothing here</source>
        <translation>%1 在这里没有意义</translation>
    </message>
    <message>
        <source>the text that begins here has no end: expected %1</source>
        <translation>从这里开始的文字没有结尾：应有 %1</translation>
    </message>
    <message>
        <source>%1 is no name, number or address</source>
        <translation>%1 不是名字、数或地址</translation>
    </message>
    <message>
        <source>%1 is no number, or too large</source>
        <translation>%1 不是数，或者太大</translation>
    </message>
    <message>
        <source>%1 is no number, time or address</source>
        <translation>%1 不是数、时间或地址</translation>
    </message>
    <message>
        <source>%1 is no address: each of its four numbers is 0 to 255</source>
        <translation>%1 不是地址：四个数都应在 0 到 255 之间</translation>
    </message>
    <message>
        <source>%1: a prefix is 0 to 32 bits long</source>
        <translation>%1：前缀长 0 到 32 位</translation>
    </message>
    <message>
        <source>the peer resets the connection with %1 unread</source>
        <translation>对端复位了连接，还有 %1没读</translation>
    </message>
    <message>
        <source>the peer resets the connection</source>
        <translation>对端复位了连接</translation>
    </message>
    <message>
        <source>%1; no program held it any more</source>
        <translation>%1；已经没有程序持有它</translation>
    </message>
    <message>
        <source>%1: the program gets %2</source>
        <translation>%1：程序得到 %2</translation>
    </message>
    <message>
        <source>the peer takes its SYN back by a RST</source>
        <translation>对端用 RST 收回它的 SYN</translation>
    </message>
    <message>
        <source>a second SYN within the window: the peer gets a RST</source>
        <translation>窗口之内又来一个 SYN：给对端发 RST</translation>
    </message>
    <message>
        <source>%1 RSTs are sent within %2</source>
        <translation>%2 之内发出 %1 个 RST</translation>
    </message>
    <message>
        <source>a RST is sent</source>
        <translation>发出一个 RST</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the program closes with %1 unread, and a FIN would hide that</source>
        <translation>程序关闭时还有 %1没读，发 FIN 会掩盖这件事</translation>
    </message>
    <message>
        <source>the program closes with data unread, and a FIN would hide that</source>
        <translation>程序关闭时还有数据没读，发 FIN 会掩盖这件事</translation>
    </message>
    <message>
        <source>data came after the program said that it reads no more</source>
        <translation>程序说过不再读，之后又来了数据</translation>
    </message>
    <message>
        <source>data came, and no program holds the connection any more</source>
        <translation>来了数据，而连接已经没有程序持有</translation>
    </message>
    <message>
        <source>it is not to wait for the peer&apos;s FIN (TCP_LINGER2)</source>
        <translation>它不等对端的 FIN（TCP_LINGER2）</translation>
    </message>
    <message>
        <source>refused: nobody listens on port %1 (%2), so a RST goes back</source>
        <translation>拒绝：没有人监听端口 %1（%2），所以回一个 RST</translation>
    </message>
    <message>
        <source>refused %1 times within %2: nobody listens on that port, so a RST goes back</source>
        <translation>%2 之内拒绝了 %1 次：没有人监听那个端口，所以回 RST</translation>
    </message>
    <message>
        <source>a segment (%1) belongs to no connection: a RST answers</source>
        <translation>一个段（%1）不属于任何连接：用 RST 回答</translation>
    </message>
    <message>
        <source>%1 segments within %2 belong to no connection: RSTs answer</source>
        <translation>%2 之内有 %1 个段不属于任何连接：用 RST 回答</translation>
    </message>
    <message>
        <source>the socket cannot take a segment (%1): a RST answers</source>
        <translation>套接字收不下一个段（%1）：用 RST 回答</translation>
    </message>
    <message>
        <source>%1 segments within %2 cannot be taken by the socket: RSTs answer</source>
        <translation>%2 之内有 %1 个段套接字收不下：用 RST 回答</translation>
    </message>
    <message>
        <source>%1() ends the connection</source>
        <translation>%1() 结束了连接</translation>
    </message>
    <message>
        <source>the peer answers no keepalive probes</source>
        <translation>对端不回答保活探测</translation>
    </message>
    <message>
        <source>the listener closes, and no program had accepted it</source>
        <translation>监听者关闭，而它还没有被程序接受</translation>
    </message>
    <message>
        <source>the program closes and does not want to wait (SO_LINGER of 0)</source>
        <translation>程序关闭，而且不愿等（SO_LINGER 为 0）</translation>
    </message>
    <message>
        <source>the program disconnects</source>
        <translation>程序断开连接</translation>
    </message>
    <message>
        <source>%1 keepalive probes within %2 ask whether the peer is there</source>
        <translation>%2 之内发出 %1 个保活探测，问对端还在不在</translation>
    </message>
    <message>
        <source>the connection was silent for long: a keepalive probe asks whether the peer is there</source>
        <translation>连接沉默了很久：发一个保活探测，问对端还在不在</translation>
    </message>
    <message>
        <source>%1; %2 of them have got no answer</source>
        <translation>%1；其中 %2 个没有回音</translation>
    </message>
    <message>
        <source>the peer is given up: the program gets %1</source>
        <translation>不再指望对端：程序得到 %1</translation>
    </message>
    <message>
        <source>the checksums of %1 frames within %2 are left to the card</source>
        <translation>%2 之内有 %1 个帧的校验和留给网卡算</translation>
    </message>
    <message>
        <source>the checksum of a frame is left to the card (%1)</source>
        <translation>一个帧的校验和留给网卡算（%1）</translation>
    </message>
    <message>
        <source>%1: not an error</source>
        <translation>%1：不算错误</translation>
    </message>
    <message>
        <source>1 notice</source>
        <translation>1 条提示</translation>
    </message>
    <message>
        <source>%1 notices</source>
        <translation>%1 条提示</translation>
    </message>
    <message>
        <source>%1 in 1 connection</source>
        <translation>1 个连接里有%1</translation>
    </message>
    <message>
        <source>%1 in %2 connections</source>
        <translation>%2 个连接里有%1</translation>
    </message>
    <message>
        <source>1 segment lost</source>
        <translation>丢失 1 段</translation>
    </message>
    <message>
        <source>%1 segments lost</source>
        <translation>丢失 %1 段</translation>
    </message>
    <message>
        <source>%1: fast retransmit, cwnd %2 → %3</source>
        <translation>%1：快速重传，cwnd %2 → %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 recoveries within %2, the last: %3</source>
        <translation>%2 之内恢复 %1 次，最近一次：%3</translation>
    </message>
    <message>
        <source>and the timer fired before it was repaired</source>
        <translation>而且没等修复，定时器就触发了</translation>
    </message>
    <message>
        <source>recovered after %1</source>
        <translation>%1 后恢复</translation>
    </message>
    <message>
        <source>no ACK came in time: the retransmission timer fires %1 times within %2</source>
        <translation>没有及时等到 ACK：%2 之内重传定时器触发 %1 次</translation>
    </message>
    <message>
        <source>no ACK came in time: the retransmission timer fires</source>
        <translation>没有及时等到 ACK：重传定时器触发</translation>
    </message>
    <message>
        <source>%1, cwnd %2 → %3</source>
        <translation>%1，cwnd %2 → %3</translation>
    </message>
    <message>
        <source>the SYN got no answer and was sent %1 times more, within %2</source>
        <translation>SYN 没有回音，%2 之内又发了 %1 次</translation>
    </message>
    <message>
        <source>the SYN got no answer and goes again</source>
        <translation>SYN 没有回音，再发一次</translation>
    </message>
    <message>
        <source>%1; the next timeout is in %2</source>
        <translation>%1；下一次超时在 %2 之后</translation>
    </message>
    <message>
        <source>%1; the next timeout is in %2 (backoff %3)</source>
        <translation>%1；下一次超时在 %2 之后（退避 %3）</translation>
    </message>
    <message>
        <source>%1; recovered after %2</source>
        <translation>%1；%2 后恢复</translation>
    </message>
    <message>
        <source>%1 tail loss probes within %2: no ACK came for the end of a flight</source>
        <translation>%2 之内 %1 次尾部丢失探测：一批在途数据的末尾没有等到 ACK</translation>
    </message>
    <message>
        <source>no ACK came for the end of the flight: a tail loss probe asks whether it arrived</source>
        <translation>在途数据的末尾没有等到 ACK：用尾部丢失探测问它到了没有</translation>
    </message>
    <message>
        <source>nothing was lost after all: the retransmission was needless</source>
        <translation>其实什么也没丢：重传是多余的</translation>
    </message>
    <message>
        <source>%1 times within %2 nothing was lost after all: the retransmissions were needless</source>
        <translation>%2 之内有 %1 次其实什么也没丢：重传是多余的</translation>
    </message>
    <message>
        <source>%1, cwnd is %2 again</source>
        <translation>%1，cwnd 又是 %2</translation>
    </message>
    <message>
        <source>%1, cwnd stays %2</source>
        <translation>%1，cwnd 保持 %2</translation>
    </message>
    <message>
        <source>the peer reports by D-SACK %1 times within %2 that it got something twice</source>
        <translation>对端在 %2 之内用 D-SACK 报告了 %1 次：有东西收到了两遍</translation>
    </message>
    <message>
        <source>the peer reports by D-SACK that it got %1 twice</source>
        <translation>对端用 D-SACK 报告：%1收到了两遍</translation>
    </message>
    <message>
        <source>%1 duplicate ACKs within %2: something after what they acknowledge arrived</source>
        <translation>%2 之内 %1 个重复 ACK：它们所确认的之后有东西到了</translation>
    </message>
    <message>
        <source>1 duplicate ACK: something after what it acknowledges arrived</source>
        <translation>1 个重复 ACK：它所确认的之后有东西到了</translation>
    </message>
    <message>
        <source>%1 datagrams within %2 for a UDP port that nobody has</source>
        <translation>%2 之内有 %1 个数据报发往没人用的 UDP 端口</translation>
    </message>
    <message>
        <source>a datagram for UDP port %1, which nobody has</source>
        <translation>一个数据报发往 UDP 端口 %1，那里没有人</translation>
    </message>
    <message>
        <source>%1 packets within %2 go no further</source>
        <translation>%2 之内有 %1 个包走不下去</translation>
    </message>
    <message>
        <source>a packet goes no further</source>
        <translation>一个包走不下去</translation>
    </message>
    <message>
        <source>%1: the sender is told by ICMP, %2</source>
        <translation>%1：用 ICMP 通知发送方，%2</translation>
    </message>
    <message>
        <source>%1 ICMP errors come within %2</source>
        <translation>%2 之内来了 %1 个 ICMP 差错</translation>
    </message>
    <message>
        <source>an ICMP error comes</source>
        <translation>来了一个 ICMP 差错</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1，来自 %2：%3</translation>
    </message>
    <message>
        <source>%1; for the connection that is %2</source>
        <translation>%1；对连接来说这是 %2</translation>
    </message>
    <message>
        <source>%1; it quotes nothing that is in flight, and is not believed</source>
        <translation>%1；它引用的东西并不在途，不予采信</translation>
    </message>
    <message>
        <source>a router says that the way to %1 takes %2 at most: it is kept as an exception of the route</source>
        <translation>一台路由器说，去 %1 的路最多容纳 %2：记为路由的例外</translation>
    </message>
    <message>
        <source>a router cannot pass on what is so large: path MTU %1 → %2, and what was lost goes again in smaller segments</source>
        <translation>路由器传不了这么大的包：路径 MTU %1 → %2，丢失的改用更小的段重发</translation>
    </message>
    <message>
        <source>%1 datagrams within %2 never became whole: their fragments are thrown away</source>
        <translation>%2 之内有 %1 个数据报始终没有凑齐：扔掉它们的分片</translation>
    </message>
    <message>
        <source>a datagram never became whole: the rest of its fragments did not come, and %1 are thrown away</source>
        <translation>一个数据报始终没有凑齐：其余的分片没有来，已有的 %1扔掉</translation>
    </message>
    <message>
        <source>nobody on the link answers (ARP), %1 times within %2</source>
        <translation>链路上没有人回答（ARP），%2 之内 %1 次</translation>
    </message>
    <message>
        <source>nobody on the link answers for %1 (ARP)</source>
        <translation>链路上没有人替 %1 回答（ARP）</translation>
    </message>
    <message>
        <source>%1: %2 that waited for it is lost</source>
        <translation>%1：等着它的 %2丢失</translation>
    </message>
    <message>
        <source>1 packet</source>
        <translation>1 个包</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个包</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>connected: the SYN was answered after %1</source>
        <translation>已连接：SYN 在 %1 后得到回答</translation>
    </message>
    <message>
        <source>refused: the peer answers the SYN by a RST, and the program gets %1</source>
        <translation>遭到拒绝：对端用 RST 回答 SYN，程序得到 %1</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>accepted after %1 in the accept queue</source>
        <translation>在全连接队列里等了 %1，已接受</translation>
    </message>
    <message>
        <source>%1, %2 after its SYN</source>
        <translation>%1，在它的 SYN 之后 %2</translation>
    </message>
    <message>
        <source>%1; %2 more wait there</source>
        <translation>%1；那里还有 %2 个在等</translation>
    </message>
    <message>
        <source>the SYN-ACK got no answer and goes again</source>
        <translation>SYN-ACK 没有回音，再发一次</translation>
    </message>
    <message>
        <source>the SYN came again, and so goes the SYN-ACK</source>
        <translation>SYN 又来一次，SYN-ACK 也再发一次</translation>
    </message>
    <message>
        <source>the SYN-ACK got no answer and was sent %1 times more, within %2</source>
        <translation>SYN-ACK 没有回音，%2 之内又发了 %1 次</translation>
    </message>
    <message>
        <source>the handshake is given up: the SYN-ACK was due %1 times more, and nothing came</source>
        <translation>放弃握手：SYN-ACK 又重发了 %1 次，没有任何回音</translation>
    </message>
    <message>
        <source>the accept queue is full, %1 wait where %2 may</source>
        <translation>全连接队列满了，%1 个在等，上限是 %2</translation>
    </message>
    <message>
        <source>%1 times somebody who asks is turned away, within %2</source>
        <translation>%2 之内有 %1 次来者遭到拒绝</translation>
    </message>
    <message>
        <source>one who asks is turned away</source>
        <translation>来者遭到拒绝</translation>
    </message>
    <message>
        <source>%1 requests wait, as many as may</source>
        <translation>已有 %1 个请求在等，到了上限</translation>
    </message>
    <message>
        <source>%1 SYNs within %2 are answered by SYN cookies</source>
        <translation>%2 之内有 %1 个 SYN 用 SYN cookie 回答</translation>
    </message>
    <message>
        <source>the answer is a SYN cookie</source>
        <translation>用 SYN cookie 回答</translation>
    </message>
    <message>
        <source>%1 SYNs within %2 are dropped</source>
        <translation>%2 之内丢弃 %1 个 SYN</translation>
    </message>
    <message>
        <source>the SYN is dropped</source>
        <translation>丢弃这个 SYN</translation>
    </message>
    <message>
        <source>%1; %2 gets it</source>
        <translation>%1；%2 得到它</translation>
    </message>
    <message>
        <source>%1 frames are not taken by the device, within %2</source>
        <translation>%2 之内有 %1 个帧设备没有收下</translation>
    </message>
    <message>
        <source>a frame is not taken by the device: %1</source>
        <translation>设备没有收下一个帧：%1</translation>
    </message>
    <message>
        <source>%1 frames within %2 have a wrong checksum and are dropped</source>
        <translation>%2 之内有 %1 个帧校验和不对，丢弃</translation>
    </message>
    <message>
        <source>a frame has a wrong checksum and is dropped</source>
        <translation>一个帧校验和不对，丢弃</translation>
    </message>
    <message>
        <source>%1 frames are dropped, within %2</source>
        <translation>%2 之内丢弃 %1 个帧</translation>
    </message>
    <message>
        <source>a frame is dropped</source>
        <translation>丢弃一个帧</translation>
    </message>
    <message>
        <source>%1 (the first: %2)</source>
        <translation>%1（第一个：%2）</translation>
    </message>
    <message>
        <source>the kernel stops: %1</source>
        <translation>内核停下了：%1</translation>
    </message>
    <message>
        <source>%1 segments within %2 wait, since something before them is missing</source>
        <translation>%2 之内有 %1 个段在等，因为它们前面缺了东西</translation>
    </message>
    <message>
        <source>a segment waits in the %1: %2 before it are missing</source>
        <translation>一个段在 %1 里等：它前面缺 %2</translation>
    </message>
    <message>
        <source>%1 segments within %2 came out of order and waited</source>
        <translation>%2 之内有 %1 个段乱序到达，等过</translation>
    </message>
    <message>
        <source>a segment came out of order and waited in the %1</source>
        <translation>一个段乱序到达，在 %1 里等过</translation>
    </message>
    <message>
        <source>%1, at most %2 until the hole before was filled</source>
        <translation>%1，最多等 %2 就填上了前面的空洞</translation>
    </message>
    <message>
        <source>data came %1 times within %2 that was here already: it is acknowledged again</source>
        <translation>%2 之内 %1 次来了已有的数据：再确认一遍</translation>
    </message>
    <message>
        <source>data came that was here already: it is acknowledged again</source>
        <translation>来了已有的数据：再确认一遍</translation>
    </message>
    <message>
        <source>%1 segments are refused, within %2</source>
        <translation>%2 之内拒收 %1 个段</translation>
    </message>
    <message>
        <source>a segment is refused</source>
        <translation>拒收一个段</translation>
    </message>
    <message>
        <source>the window is 0</source>
        <translation>窗口是 0</translation>
    </message>
    <message>
        <source>it lies beyond the window</source>
        <translation>它超出了窗口</translation>
    </message>
    <message>
        <source>the peer asks %1 times within %2 whether there is room again (window probes): ACKs answer</source>
        <translation>对端在 %2 之内问了 %1 次有没有空间（窗口探测）：用 ACK 回答</translation>
    </message>
    <message>
        <source>the peer asks whether there is room again (window probe): an ACK answers</source>
        <translation>对端问有没有空间（窗口探测）：用 ACK 回答</translation>
    </message>
    <message>
        <source>the peer asks %1 times within %2 for a sign of life (keepalives, or window probes): ACKs answer</source>
        <translation>对端在 %2 之内 %1 次要一个活着的信号（保活或窗口探测）：用 ACK 回答</translation>
    </message>
    <message>
        <source>the peer asks for a sign of life (keepalive, or a window probe): an ACK answers</source>
        <translation>对端要一个活着的信号（保活或窗口探测）：用 ACK 回答</translation>
    </message>
    <message>
        <source>it starts %1 after what is expected, and the window is %2</source>
        <translation>它比预期的位置靠后 %1，窗口只有 %2</translation>
    </message>
    <message>
        <source>%1: its timestamp is from the past (PAWS)</source>
        <translation>%1：它的时间戳来自过去（PAWS）</translation>
    </message>
    <message>
        <source>%1 segments within %2 do not fit the connection: challenge ACKs say what is expected</source>
        <translation>%2 之内有 %1 个段与连接不符：质询 ACK 说出在等什么</translation>
    </message>
    <message>
        <source>a segment does not fit the connection: a challenge ACK says what is expected</source>
        <translation>一个段与连接不符：质询 ACK 说出在等什么</translation>
    </message>
    <message>
        <source>the reader stopped %1 times: window 0, the longest time for %2</source>
        <translation>读者停了 %1 次：窗口 0，最长 %2</translation>
    </message>
    <message>
        <source>the reader stopped: window 0 for %1</source>
        <translation>读者停了：窗口 0，历时 %1</translation>
    </message>
    <message>
        <source>the reader stopped: the receive buffer has no room, so window 0 is sent</source>
        <translation>读者停了：接收缓冲区没有空间，所以通告窗口 0</translation>
    </message>
    <message>
        <source>%1; now it is 0 again</source>
        <translation>%1；现在又是 0</translation>
    </message>
    <message>
        <source>1 probe was sent</source>
        <translation>发了 1 次探测</translation>
    </message>
    <message>
        <source>%1 probes were sent</source>
        <translation>发了 %1 次探测</translation>
    </message>
    <message>
        <source>the peer&apos;s window is 0</source>
        <translation>对端的窗口是 0</translation>
    </message>
    <message>
        <source>the peer&apos;s window is 0, %1 times</source>
        <translation>对端的窗口 %1 次是 0</translation>
    </message>
    <message>
        <source>%1: the persist timer waits until it opens</source>
        <translation>%1：坚持定时器等它打开</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1，历时 %2</translation>
    </message>
    <message>
        <source>%1, for %2 at most</source>
        <translation>%1，最长 %2</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>the receive queues are pruned %1 times within %2</source>
        <translation>%2 之内 %1 次清理接收队列</translation>
    </message>
    <message>
        <source>the receive queues are pruned</source>
        <translation>清理接收队列</translation>
    </message>
    <message>
        <source>%1: they hold %2, and %3 are allowed</source>
        <translation>%1：里面有 %2，上限是 %3</translation>
    </message>
    <message>
        <source>the socket gets no memory, %1 times within %2</source>
        <translation>%2 之内套接字 %1 次拿不到内存</translation>
    </message>
    <message>
        <source>the socket gets no memory</source>
        <translation>套接字拿不到内存</translation>
    </message>
    <message>
        <source>%1: its protocol holds %2 pages of %3</source>
        <translation>%1：它的协议占了 %2 页，上限 %3 页</translation>
    </message>
    <message>
        <source>%1 datagrams are dropped within %2</source>
        <translation>%2 之内丢弃 %1 个数据报</translation>
    </message>
    <message>
        <source>1 datagram is dropped</source>
        <translation>丢弃 1 个数据报</translation>
    </message>
    <message>
        <source>%1: the receive buffer is full, %2 wait where %3 may</source>
        <translation>%1：接收缓冲区满了，已有 %2，上限是 %3</translation>
    </message>
    <message>
        <source>boot</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>softirq</source>
        <translation>软中断</translation>
    </message>
    <message>
        <source>interrupt</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>%1 layer</source>
        <translation>%1 层</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 个事件</translation>
    </message>
    <message>
        <source>It has not returned yet.</source>
        <translation>它还没有返回。</translation>
    </message>
    <message>
        <source>event %1, %2</source>
        <translation>事件 %1，%2</translation>
    </message>
    <message>
        <source>the device is down</source>
        <translation>设备已关闭</translation>
    </message>
    <message>
        <source>it is shorter than an Ethernet header</source>
        <translation>它比以太网头还短</translation>
    </message>
    <message>
        <source>it is longer than the device takes</source>
        <translation>它比设备能收的长</translation>
    </message>
    <message>
        <source>it is addressed to another card</source>
        <translation>它是发给另一块网卡的</translation>
    </message>
    <message>
        <source>no descriptor of the receive ring is free</source>
        <translation>接收环里没有空闲的环描述符</translation>
    </message>
    <message>
        <source>there is no memory for an sk_buff</source>
        <translation>没有内存分配 sk_buff</translation>
    </message>
    <message>
        <source>%1 becomes a clone of %2: both describe the same bytes.</source>
        <translation>%1 成为 %2 的克隆：两者描述同样的字节。</translation>
    </message>
    <message>
        <source>%1 is a copy of %2 now, with bytes of its own.</source>
        <translation>%1 现在是 %2 的副本，有自己的字节。</translation>
    </message>
    <message>
        <source>%1 is a segment cut from %2.</source>
        <translation>%1 是从 %2 切出的一个段。</translation>
    </message>
    <message>
        <source>%1 is an IP fragment of %2.</source>
        <translation>%1 是 %2 的一个 IP 分片。</translation>
    </message>
    <message>
        <source>%1 has taken over the rear part of %2.</source>
        <translation>%1 接管了 %2 的后半部分。</translation>
    </message>
    <message>
        <source>GRO has put the payload of %1 behind that of %2: they climb as one packet.</source>
        <translation>GRO 把 %1 的载荷接到 %2 后面：它们作为一个包往上走。</translation>
    </message>
    <message>
        <source>The bytes of %1 go over to %2, the buffer before it.</source>
        <translation>%1 的字节归了它前面的缓冲区 %2。</translation>
    </message>
    <message>
        <source>The fragment %1 becomes a part of the datagram %2.</source>
        <translation>分片 %1 成为数据报 %2 的一部分。</translation>
    </message>
    <message>
        <source>%1 holds the frame that has arrived on %2.</source>
        <translation>%1 装着到达 %2 的帧。</translation>
    </message>
    <message>
        <source>%1 does not take the frame: %2.</source>
        <translation>%1 不收这个帧：%2。</translation>
    </message>
    <message>
        <source>%1 forgets the frames that still wait in it.</source>
        <translation>%1 忘掉还在里面等的帧。</translation>
    </message>
    <message>
        <source>The frame that has left by %1 was made of %2.</source>
        <translation>从 %1 发出的帧是由 %2 做成的。</translation>
    </message>
    <message>
        <source>%1 is for another host: it goes on by %2.</source>
        <translation>%1 是给别的主机的：它从 %2 继续走。</translation>
    </message>
    <message>
        <source>%1 becomes a new packet, still empty.</source>
        <translation>%1 成为一个新的包，还是空的。</translation>
    </message>
    <message>
        <source>%1 is put into a queue of %2, from which a program reads.</source>
        <translation>%1 进入 %2 的队列，由程序来读。</translation>
    </message>
    <message>
        <source>%1 makes use of what %2 says.</source>
        <translation>%1 用上了 %2 说的内容。</translation>
    </message>
    <message>
        <source>%1 is answered by %2.</source>
        <translation>%1 得到 %2 的回答。</translation>
    </message>
    <message>
        <source>%1 is answered.</source>
        <translation>%1 得到了回答。</translation>
    </message>
    <message>
        <source>%1 is learned from %2.</source>
        <translation>从 %2 学到了 %1。</translation>
    </message>
    <message>
        <source>%1 lets go of its bytes, its route and its owner.</source>
        <translation>%1 放开它的字节、路由和属主。</translation>
    </message>
    <message>
        <source>%1() is called.</source>
        <translation>调用 %1()。</translation>
    </message>
    <message>
        <source>%1() is called with %2.</source>
        <translation>调用 %1()，参数是 %2。</translation>
    </message>
    <message>
        <source>%1() returns.</source>
        <translation>%1() 返回。</translation>
    </message>
    <message>
        <source>%1() returns %2.</source>
        <translation>%1() 返回 %2。</translation>
    </message>
    <message>
        <source>%1 is written, %2.</source>
        <translation>写 %1，%2。</translation>
    </message>
    <message>
        <source>%1 is set to %2, which it was already.</source>
        <translation>%1 设为 %2，原来就是。</translation>
    </message>
    <message>
        <source>%1 is set to %2; it was %3.</source>
        <translation>%1 设为 %2；原来是 %3。</translation>
    </message>
    <message>
        <source>%1 is set to zero, %2.</source>
        <translation>%1 清零，%2。</translation>
    </message>
    <message>
        <source>%1 is filled with %2, %3.</source>
        <translation>%1 填成 %2，%3。</translation>
    </message>
    <message>
        <source>%1 is born in the slab %2, %3.</source>
        <translation>%1 诞生在 slab %2 里，%3。</translation>
    </message>
    <message>
        <source>An object is freed.</source>
        <translation>释放一个对象。</translation>
    </message>
    <message>
        <source>%1 is freed: its %2 go back to the slab %3.</source>
        <translation>释放 %1：它的 %2还给 slab %3。</translation>
    </message>
    <message>
        <source>a fresh page</source>
        <translation>一个新页</translation>
    </message>
    <message>
        <source>%1 fresh pages</source>
        <translation>%1 个新页</translation>
    </message>
    <message>
        <source>The slab cache %1 gets %2 for objects of %3.</source>
        <translation>slab 缓存 %1 得到%2，放每个 %3的对象。</translation>
    </message>
    <message>
        <source>The kernel boots.</source>
        <translation>内核启动。</translation>
    </message>
    <message>
        <source>Task %1 (pid %2) runs.</source>
        <translation>任务 %1（pid %2）运行。</translation>
    </message>
    <message>
        <source>A softirq runs: the work that an interrupt left for later.</source>
        <translation>软中断运行：做硬中断留到后面的工作。</translation>
    </message>
    <message>
        <source>Nothing is left to do: the processor is idle.</source>
        <translation>没有事情要做：处理器空闲。</translation>
    </message>
    <message>
        <source>A frame of %1 arrives on %2: %3.</source>
        <translation>%1的帧到达 %2：%3。</translation>
    </message>
    <message>
        <source>A frame of %1 leaves by %2: %3.</source>
        <translation>%1的帧从 %2 发出：%3。</translation>
    </message>
    <message>
        <source>The timer %1 fires.</source>
        <translation>定时器 %1 触发。</translation>
    </message>
    <message>
        <source>The timer %1 is stopped.</source>
        <translation>定时器 %1 停下。</translation>
    </message>
    <message>
        <source>The timer %1 is set to fire in %2.</source>
        <translation>定时器 %1 设为 %2 后触发。</translation>
    </message>
    <message>
        <source>The call goes through %1, which points at %2.</source>
        <translation>调用经过 %1，它指向 %2。</translation>
    </message>
    <message>
        <source>%1 is dropped: %2.</source>
        <translation>丢弃 %1：%2。</translation>
    </message>
    <message>
        <source>The machine is told: %1.</source>
        <translation>机器要做：%1。</translation>
    </message>
    <message>
        <source>The kernel panics: %1.</source>
        <translation>内核崩溃：%1。</translation>
    </message>
    <message>
        <source>the Ethernet header</source>
        <translation>以太网头</translation>
    </message>
    <message>
        <source>the TCP header</source>
        <translation>TCP 头</translation>
    </message>
    <message>
        <source>the UDP header</source>
        <translation>UDP 头</translation>
    </message>
    <message>
        <source>the ICMP header</source>
        <translation>ICMP 头</translation>
    </message>
    <message>
        <source>the ARP packet</source>
        <translation>ARP 包</translation>
    </message>
    <message>
        <source>the IP header</source>
        <translation>IP 头</translation>
    </message>
    <message>
        <source>%1(%2) moved data from %3 to %4: room for %5.</source>
        <translation>%1(%2) 把 data 从 %3 移到 %4：给%5腾出位置。</translation>
    </message>
    <message>
        <source>%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.</source>
        <translation>%1(%2) 把 data 从 %3 移到 %4：%5落在后面，仍在缓冲区里。</translation>
    </message>
    <message>
        <source>%1(%2) moved tail from %3 to %4: room for data at the end.</source>
        <translation>%1(%2) 把 tail 从 %3 移到 %4：在末尾给数据腾出位置。</translation>
    </message>
    <message>
        <source>%1(%2) moved tail from %3 to %4: what stood behind is cut off.</source>
        <translation>%1(%2) 把 tail 从 %3 移到 %4：切掉后面的东西。</translation>
    </message>
    <message>
        <source>%1(%2) moved data and tail from %3 to %4: headroom for headers to come.</source>
        <translation>%1(%2) 把 data 和 tail 从 %3 移到 %4：给将来的头留出头部空间。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>used for another purpose</source>
        <translation>用作别的目的</translation>
    </message>
    <message>
        <source>on no list</source>
        <translation>不在任何链表上</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>last of its bucket</source>
        <translation>桶里最后一个</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>tree of %1</source>
        <translation>有 %1 个节点的树</translation>
    </message>
    <message>
        <source>%1 on it</source>
        <translation>上面有 %1 个</translation>
    </message>
    <message>
        <source>%1 sleeps</source>
        <translation>%1 睡着</translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation>没有人等</translation>
    </message>
    <message>
        <source>accept queue</source>
        <translation>全连接队列</translation>
    </message>
    <message>
        <source>next on chain</source>
        <translation>链上的下一个</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Our kernel acknowledged the same bytes with another segment, so it had nothing to say here.</source>
        <translation>我们的内核用另一个段确认了同样的字节，所以这里没有话要说。</translation>
    </message>
    <message>
        <source>One acknowledgement more than the captured host sent; it says nothing new.</source>
        <translation>比抓包里的主机多发了一个确认；它没有说出新东西。</translation>
    </message>
    <message>
        <source>The captured host did not send this: it was no Linux 6.1, or something that the capture does not show held it back.</source>
        <translation>抓包里的主机没有发这个：它不是 Linux 6.1，或者抓包没有显示的什么东西让它没有发。</translation>
    </message>
    <message>
        <source>Our kernel had no reason to send this: the captured host was no Linux 6.1, or something that the capture does not show made it.</source>
        <translation>我们的内核没有理由发这个：抓包里的主机不是 Linux 6.1，或者抓包没有显示的什么东西让它发了。</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>decided by</source>
        <translation>由谁决定</translation>
    </message>
    <message>
        <source>later by</source>
        <translation>后来由</translation>
    </message>
    <message>
        <source>The captured host&apos;s device had another MTU, or TCP_MAXSEG was set.</source>
        <translation>抓包里的主机的设备有另外的 MTU，或者设置了 TCP_MAXSEG。</translation>
    </message>
    <message>
        <source>The window scale follows from net.ipv4.tcp_rmem and SO_RCVBUF of the captured host.</source>
        <translation>窗口放大因子由抓包里的主机的 net.ipv4.tcp_rmem 和 SO_RCVBUF 决定。</translation>
    </message>
    <message>
        <source>A stack that orders its options otherwise is no Linux.</source>
        <translation>选项次序不同的协议栈不是 Linux。</translation>
    </message>
    <message>
        <source>The captured host told of other holes: a segment reached it that the capture does not have, or its memory was short.</source>
        <translation>抓包里的主机报告了别的空洞：有一个段到了它那里而抓包没有，或者它的内存紧张。</translation>
    </message>
    <message>
        <source>How much room is left depends on tcp_rmem, SO_RCVBUF, on what a byte costs in the captured host&apos;s buffers, and on when its program read.</source>
        <translation>还剩多少空间取决于 tcp_rmem、SO_RCVBUF、抓包里的主机每字节占用的缓冲区开销，以及它的程序什么时候读。</translation>
    </message>
    <message>
        <source>PSH marks the end of a write; the captured host&apos;s program wrote in other pieces, or its stack marks otherwise.</source>
        <translation>PSH 标出一次写的末尾；抓包里的主机的程序分成了别的块来写，或者它的协议栈标法不同。</translation>
    </message>
    <message>
        <source>Our kernel had other data when it acknowledged: a read or the delayed acknowledgement came at another moment.</source>
        <translation>我们的内核确认时手里的数据不同：读取或延迟确认发生在另一个时刻。</translation>
    </message>
    <message>
        <source>The captured host&apos;s clock of time stamps runs otherwise.</source>
        <translation>抓包里的主机的时间戳时钟走得不同。</translation>
    </message>
    <message>
        <source>Our kernel answers to the time stamp of another segment.</source>
        <translation>我们的内核回应的是另一个段的时间戳。</translation>
    </message>
    <message>
        <source>The captured host gives its packets another time to live: net.ipv4.ip_default_ttl or IP_TTL.</source>
        <translation>抓包里的主机给包另外的 TTL：net.ipv4.ip_default_ttl 或 IP_TTL。</translation>
    </message>
    <message>
        <source>The captured host numbers its packets in another way.</source>
        <translation>抓包里的主机用另外的方式给包编号。</translation>
    </message>
    <message>
        <source>Path MTU discovery was set otherwise: net.ipv4.ip_no_pmtu_disc or IP_MTU_DISCOVER.</source>
        <translation>路径 MTU 发现的设置不同：net.ipv4.ip_no_pmtu_disc 或 IP_MTU_DISCOVER。</translation>
    </message>
    <message>
        <source>The same bytes, cut elsewhere: offload, the window, or the moment of the write decided.</source>
        <translation>同样的字节，切在别处：由卸载、窗口或写入的时刻决定。</translation>
    </message>
    <message>
        <source>The same frame at another moment: a timer, or when the program was woken.</source>
        <translation>同一个帧，另一个时刻：由定时器或程序醒来的时间决定。</translation>
    </message>
    <message>
        <source>all its bytes</source>
        <translation>它的全部字节</translation>
    </message>
    <message>
        <source>its number in the list</source>
        <translation>它在列表里的编号</translation>
    </message>
    <message>
        <source>bytes of the frame</source>
        <translation>帧的字节数</translation>
    </message>
    <message>
        <source>since the first packet</source>
        <translation>距第一个包的时间</translation>
    </message>
    <message>
        <source>since the packet before</source>
        <translation>距前一个包的时间</translation>
    </message>
    <message>
        <source>since the machine was switched on</source>
        <translation>距开机的时间</translation>
    </message>
    <message>
        <source>what became of it</source>
        <translation>结果如何</translation>
    </message>
    <message>
        <source>why it was dropped</source>
        <translation>为什么丢弃</translation>
    </message>
    <message>
        <source>a function of the kernel that was handed its buffer</source>
        <translation>收到过它的缓冲区的内核函数</translation>
    </message>
    <message>
        <source>the device by which it came or went</source>
        <translation>它来去经过的设备</translation>
    </message>
    <message>
        <source>into the machine or out of it</source>
        <translation>进机器还是出机器</translation>
    </message>
    <message>
        <source>the call or frame of the walk in which it came or went</source>
        <translation>它来去所在的调用或帧</translation>
    </message>
    <message>
        <source>the step of its call or frame in which it came or went</source>
        <translation>它来去时，在那次调用或帧里的步号</translation>
    </message>
    <message>
        <source>the event of the record with which it came or went</source>
        <translation>它来去时，在记录里的事件号</translation>
    </message>
    <message>
        <source>Ethernet</source>
        <translation>以太网</translation>
    </message>
    <message>
        <source>who sent it on this link</source>
        <translation>这条链路上谁发的</translation>
    </message>
    <message>
        <source>whom it is for on this link</source>
        <translation>这条链路上发给谁</translation>
    </message>
    <message>
        <source>either of the two</source>
        <translation>两者之一</translation>
    </message>
    <message>
        <source>the protocol inside</source>
        <translation>里面的协议</translation>
    </message>
    <message>
        <source>who has this address?</source>
        <translation>谁有这个地址？</translation>
    </message>
    <message>
        <source>1 asks, 2 answers</source>
        <translation>1 是询问，2 是回答</translation>
    </message>
    <message>
        <source>the sender&apos;s IP address</source>
        <translation>发送方的 IP 地址</translation>
    </message>
    <message>
        <source>the IP address that is asked for</source>
        <translation>所询问的 IP 地址</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>destination</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>source or destination</source>
        <translation>源或目的</translation>
    </message>
    <message>
        <source>how many routers it may still pass</source>
        <translation>还能经过多少个路由器</translation>
    </message>
    <message>
        <source>which fragments belong together</source>
        <translation>哪些分片属于同一个包</translation>
    </message>
    <message>
        <source>bytes of the IP packet</source>
        <translation>IP 包的字节数</translation>
    </message>
    <message>
        <source>bytes of the IP header</source>
        <translation>IP 头的字节数</translation>
    </message>
    <message>
        <source>type of service</source>
        <translation>服务类型</translation>
    </message>
    <message>
        <source>must not be cut into fragments</source>
        <translation>不许分片</translation>
    </message>
    <message>
        <source>more fragments follow</source>
        <translation>后面还有分片</translation>
    </message>
    <message>
        <source>where the fragment belongs, in bytes</source>
        <translation>分片的位置，按字节</translation>
    </message>
    <message>
        <source>of the IP header</source>
        <translation>IP 头的</translation>
    </message>
    <message>
        <source>pings and errors</source>
        <translation>ping 和差错</translation>
    </message>
    <message>
        <source>8 asks, 0 answers, 3 cannot be reached</source>
        <translation>8 询问，0 回答，3 不可达</translation>
    </message>
    <message>
        <source>more exactly</source>
        <translation>更细的区分</translation>
    </message>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>either port</source>
        <translation>任一端口</translation>
    </message>
    <message>
        <source>source port</source>
        <translation>源端口</translation>
    </message>
    <message>
        <source>destination port</source>
        <translation>目的端口</translation>
    </message>
    <message>
        <source>bytes, with the 8 of the header</source>
        <translation>字节数，含 8 字节的头</translation>
    </message>
    <message>
        <source>0: there is none</source>
        <translation>0：没有</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>sequence number, counted from the first of the connection</source>
        <translation>序号，从连接的第一个算起</translation>
    </message>
    <message>
        <source>acknowledgement number, counted from the first of the connection</source>
        <translation>确认号，从连接的第一个算起</translation>
    </message>
    <message>
        <source>sequence number as it stands in the header</source>
        <translation>头里写的序号</translation>
    </message>
    <message>
        <source>acknowledgement number as it stands in the header</source>
        <translation>头里写的确认号</translation>
    </message>
    <message>
        <source>bytes of data</source>
        <translation>数据的字节数</translation>
    </message>
    <message>
        <source>bytes of the TCP header</source>
        <translation>TCP 头的字节数</translation>
    </message>
    <message>
        <source>the window as it stands in the header, not scaled</source>
        <translation>头里写的窗口，没有放大</translation>
    </message>
    <message>
        <source>of header and data</source>
        <translation>头和数据的</translation>
    </message>
    <message>
        <source>where urgent data ends</source>
        <translation>紧急数据到哪里为止</translation>
    </message>
    <message>
        <source>all flags as bits</source>
        <translation>全部标志，按位</translation>
    </message>
    <message>
        <source>the last of this side</source>
        <translation>这一方的最后一个</translation>
    </message>
    <message>
        <source>the first of this side</source>
        <translation>这一方的第一个</translation>
    </message>
    <message>
        <source>the connection is cut off</source>
        <translation>切断连接</translation>
    </message>
    <message>
        <source>to be read at once</source>
        <translation>要马上读</translation>
    </message>
    <message>
        <source>it acknowledges</source>
        <translation>它在确认</translation>
    </message>
    <message>
        <source>it has urgent data</source>
        <translation>它有紧急数据</translation>
    </message>
    <message>
        <source>the network was congested</source>
        <translation>网络拥塞过</translation>
    </message>
    <message>
        <source>the sender slowed down</source>
        <translation>发送方放慢了</translation>
    </message>
    <message>
        <source>connections, numbered from 0 as they appear</source>
        <translation>连接，按出现的次序从 0 编号</translation>
    </message>
    <message>
        <source>the window in bytes, scaled as the handshake says</source>
        <translation>窗口的字节数，按握手时说的放大</translation>
    </message>
    <message>
        <source>anything that the following say</source>
        <translation>下面这些说的任何一种</translation>
    </message>
    <message>
        <source>sent again</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>sent again, after duplicate acknowledgements</source>
        <translation>重复确认之后的重发</translation>
    </message>
    <message>
        <source>sent again though it had been acknowledged</source>
        <translation>已经确认过还重发</translation>
    </message>
    <message>
        <source>the same acknowledgement again</source>
        <translation>同样的确认又来</translation>
    </message>
    <message>
        <source>overtaken on its way</source>
        <translation>路上被超过</translation>
    </message>
    <message>
        <source>what is before it is missing</source>
        <translation>它前面的缺了</translation>
    </message>
    <message>
        <source>it acknowledges what was not seen</source>
        <translation>它确认了没见过的</translation>
    </message>
    <message>
        <source>asks whether the other is there</source>
        <translation>问对方还在不在</translation>
    </message>
    <message>
        <source>the answer to that</source>
        <translation>对这个问题的回答</translation>
    </message>
    <message>
        <source>no room is left</source>
        <translation>没有空间了</translation>
    </message>
    <message>
        <source>asks for room</source>
        <translation>问有没有空间</translation>
    </message>
    <message>
        <source>there is more room, and nothing else is new</source>
        <translation>空间多了，别的没有变化</translation>
    </message>
    <message>
        <source>it fills the window</source>
        <translation>它填满了窗口</translation>
    </message>
    <message>
        <source>a new connection between the same ports</source>
        <translation>同样的端口之间的新连接</translation>
    </message>
    <message>
        <source>what stands behind the UDP, TCP or ICMP header</source>
        <translation>UDP、TCP 或 ICMP 头后面的内容</translation>
    </message>
    <message>
        <source>delivered to %1 sockets at %2 port %3</source>
        <translation>交付给 %2 端口 %3 的 %1 个套接字</translation>
    </message>
    <message>
        <source>delivered to %1 port %2</source>
        <translation>交付给 %1 端口 %2</translation>
    </message>
    <message>
        <source>delivered to %1 sockets (%2)</source>
        <translation>交付给 %1 个套接字（%2）</translation>
    </message>
    <message>
        <source>told to the socket that it concerns</source>
        <translation>告诉了有关的套接字</translation>
    </message>
    <message>
        <source>delivered to a socket for %1</source>
        <translation>交付给 %1 的一个套接字</translation>
    </message>
    <message>
        <source>%1, thrown away unread</source>
        <translation>%1，没读就扔掉</translation>
    </message>
    <message>
        <source>%1, answered</source>
        <translation>%1，已回答</translation>
    </message>
    <message>
        <source>↓↑</source>
        <translation>↓↑</translation>
    </message>
    <message>
        <source>↓ in</source>
        <translation>↓ 进</translation>
    </message>
    <message>
        <source>↑ out</source>
        <translation>↑ 出</translation>
    </message>
    <message>
        <source>others</source>
        <translation>旁观</translation>
    </message>
    <message>
        <source>packet %1</source>
        <translation>第 %1 个包</translation>
    </message>
    <message>
        <source>a packet that only our kernel sent</source>
        <translation>只有我们的内核发过的包</translation>
    </message>
    <message>
        <source>forwarded, it came as %1</source>
        <translation>转发，来时是%1</translation>
    </message>
    <message>
        <source>caused by %1</source>
        <translation>由%1引起</translation>
    </message>
    <message>
        <source>sent by %1</source>
        <translation>由 %1 发送</translation>
    </message>
    <message>
        <source>sent by the kernel</source>
        <translation>由内核发送</translation>
    </message>
    <message>
        <source>another packet</source>
        <translation>另一个包</translation>
    </message>
    <message>
        <source>merged into %1 (GRO)</source>
        <translation>并入%1（GRO）</translation>
    </message>
    <message>
        <source>joined to %1, which waited</source>
        <translation>接到等着的%1后面</translation>
    </message>
    <message>
        <source>put together with %1, a fragment of the same datagram</source>
        <translation>与%1拼合，同一个数据报的分片</translation>
    </message>
    <message>
        <source>dropped: %1, but a copy was delivered to a socket</source>
        <translation>丢弃：%1，但副本交付给了套接字</translation>
    </message>
    <message>
        <source>dropped: %1, and its sender is told</source>
        <translation>丢弃：%1，并通知发送方</translation>
    </message>
    <message>
        <source>dropped: %1, answered</source>
        <translation>丢弃：%1，已回答</translation>
    </message>
    <message>
        <source>answered by the kernel</source>
        <translation>由内核回答</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>转发</translation>
    </message>
    <message>
        <source>taught the neighbour table</source>
        <translation>教会了邻居表</translation>
    </message>
    <message>
        <source>not taken by the device: %1</source>
        <translation>设备没有收下：%1</translation>
    </message>
    <message>
        <source>lost in the device, which was taken down</source>
        <translation>随设备关闭而丢失</translation>
    </message>
    <message>
        <source>used up by the kernel</source>
        <translation>由内核用掉</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>还在路上</translation>
    </message>
    <message>
        <source>between others</source>
        <translation>别人之间的</translation>
    </message>
    <message>
        <source>not played yet</source>
        <translation>还没有播放</translation>
    </message>
    <message>
        <source>not relived: neither IPv4 nor ARP</source>
        <translation>没有重演：既不是 IPv4 也不是 ARP</translation>
    </message>
    <message>
        <source>answered by %1, %2</source>
        <translation>由%1回答，%2</translation>
    </message>
    <message>
        <source>%1 frames sent, the first %2, by %3</source>
        <translation>发了 %1 帧，第一个是%2，由 %3</translation>
    </message>
    <message>
        <source>dropped by %1: %2</source>
        <translation>由 %1 丢弃：%2</translation>
    </message>
    <message>
        <source>a request to connect, taken by %1</source>
        <translation>连接请求，由 %1 接手</translation>
    </message>
    <message>
        <source>delivered to %1</source>
        <translation>交付给 %1</translation>
    </message>
    <message>
        <source>an address is learnt or asked for</source>
        <translation>学到或询问一个地址</translation>
    </message>
    <message>
        <source>a fragment, kept until the others are there</source>
        <translation>一个分片，留着等其余的</translation>
    </message>
    <message>
        <source>nothing came of it</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>%1 is accepted at %2</source>
        <translation>%1 在 %2 得到接受</translation>
    </message>
    <message>
        <source>%1 connects to %2</source>
        <translation>%1 连接到 %2</translation>
    </message>
    <message>
        <source>%1 and %2 are in the middle of a connection: it is adopted, as TCP_REPAIR does it</source>
        <translation>%1 和 %2 正处在连接当中：像 TCP_REPAIR 那样接手</translation>
    </message>
    <message>
        <source>%1 finds nobody at %2</source>
        <translation>%1 在 %2 找不到人</translation>
    </message>
    <message>
        <source>%1 gets no answer from %2: a rule throws its segments away</source>
        <translation>%1 等不到 %2 的回答：有规则把它的段扔掉</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>equivalent</source>
        <translation>等价</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>%1 ms later here</source>
        <translation>这里晚 %1 ms</translation>
    </message>
    <message>
        <source>%1 ms earlier here</source>
        <translation>这里早 %1 ms</translation>
    </message>
    <message>
        <source>cut into %1 segments here</source>
        <translation>在这里切成 %1 段</translation>
    </message>
    <message>
        <source>%1 is %2 here, %3 there</source>
        <translation>%1 这里是 %2，那里是 %3</translation>
    </message>
    <message>
        <source>not sent by itself: acknowledged with another segment</source>
        <translation>没有单独发：用另一个段确认了</translation>
    </message>
    <message>
        <source>not sent by our kernel</source>
        <translation>我们的内核没有发</translation>
    </message>
    <message>
        <source>sent by %1, and not by the captured host</source>
        <translation>由 %1 发送，抓包里的主机没有发</translation>
    </message>
    <message>
        <source>sent by %1: %2</source>
        <translation>由 %1 发送：%2</translation>
    </message>
    <message>
        <source>SACKed</source>
        <translation>SACK 过</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>task %1 sleeps</source>
        <translation>任务 %1 睡着</translation>
    </message>
    <message>
        <source>task %1 sleeps in %2(), on %3</source>
        <translation>任务 %1 睡在 %2() 里，在 %3 上</translation>
    </message>
    <message>
        <source>task %1 sleeps in %2()</source>
        <translation>任务 %1 睡在 %2() 里</translation>
    </message>
    <message>
        <source>has not returned yet</source>
        <translation>还没有返回</translation>
    </message>
    <message>
        <source>(some of its bytes)</source>
        <translation>（它的一些字节）</translation>
    </message>
    <message>
        <source>(no function)</source>
        <translation>（没有函数）</translation>
    </message>
    <message>
        <source>these share %1 bytes</source>
        <translation>它们共享 %1 字节</translation>
    </message>
    <message>
        <source>%1 of no member: what comes next must begin at a multiple of its alignment.</source>
        <translation>%1不属于任何成员：下一个成员必须从其对齐值的倍数开始。</translation>
    </message>
    <message>
        <source>A new line of 64 bytes of the processor&apos;s cache begins here, at %1.</source>
        <translation>处理器缓存的一个 64 字节的新缓存行从这里开始，在 %1。</translation>
    </message>
    <message>
        <source>bit %1 of the %2 at %3</source>
        <translation>%3 处 %2 的第 %1 位</translation>
    </message>
    <message>
        <source>bits %1 to %2 of the %3 at %4</source>
        <translation>%4 处 %3 的第 %1 到 %2 位</translation>
    </message>
    <message>
        <source>offset %1, %2</source>
        <translation>偏移 %1，%2</translation>
    </message>
    <message>
        <source>%1, address %2</source>
        <translation>%1，地址 %2</translation>
    </message>
    <message>
        <source>in the kernel&apos;s source: %1</source>
        <translation>在内核源代码里：%1</translation>
    </message>
    <message>
        <source>shares its bytes with the other members of the union</source>
        <translation>与联合体的其他成员共享字节</translation>
    </message>
    <message>
        <source>points at %1: click to look there</source>
        <translation>指向 %1：点一下去看</translation>
    </message>
    <message>
        <source>padding, %1</source>
        <translation>填充，%1</translation>
    </message>
    <message>
        <source>hole, %1</source>
        <translation>空洞，%1</translation>
    </message>
    <message>
        <source>cache line %1</source>
        <translation>缓存行 %1</translation>
    </message>
    <message>
        <source>(union)</source>
        <translation>（联合体）</translation>
    </message>
    <message>
        <source>(struct)</source>
        <translation>（结构体）</translation>
    </message>
    <message>
        <source>%1 b</source>
        <translation>%1 b</translation>
    </message>
    <message>
        <source>%1 bytes, slab cache %2, born at event %3</source>
        <translation>%1 字节，slab 缓存 %2，诞生于事件 %3</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>address %1</source>
        <translation>地址 %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>在 %1 里</translation>
    </message>
    <message>
        <source>%1, slab cache %2</source>
        <translation>%1，slab 缓存 %2</translation>
    </message>
    <message>
        <source>in %1, slab cache %2</source>
        <translation>在 %1 里，slab 缓存 %2</translation>
    </message>
    <message>
        <source>1 cache line</source>
        <translation>1 个缓存行</translation>
    </message>
    <message>
        <source>%1 cache lines</source>
        <translation>%1 个缓存行</translation>
    </message>
    <message>
        <source>Socket families</source>
        <translation>套接字协议族</translation>
    </message>
    <message>
        <source>By family: socket() finds here who makes a socket of it. A slot that is empty is a family that this kernel does not have.</source>
        <translation>按协议族：socket() 在这里找到由谁来创建套接字。空的表项是这个内核没有的协议族。</translation>
    </message>
    <message>
        <source>makes its sockets</source>
        <translation>创建它的套接字</translation>
    </message>
    <message>
        <source>empty, %1 slots</source>
        <translation>空，%1 项</translation>
    </message>
    <message>
        <source>%1 in %2 slots</source>
        <translation>%1，共 %2 项</translation>
    </message>
    <message>
        <source>1 family</source>
        <translation>1 个协议族</translation>
    </message>
    <message>
        <source>%1 families</source>
        <translation>%1 个协议族</translation>
    </message>
    <message>
        <source>takes any protocol</source>
        <translation>接受任何协议</translation>
    </message>
    <message>
        <source>Protocols of AF_INET</source>
        <translation>AF_INET 的协议</translation>
    </message>
    <message>
        <source>By type: inet_create() goes along the list of a socket&apos;s type until an entry fits its protocol, and takes from it the socket&apos;s operations and its struct proto.</source>
        <translation>按类型：inet_create() 沿着套接字类型的链表走，直到有一项符合它的协议，再从那里取得套接字的操作和它的 struct proto。</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 项</translation>
    </message>
    <message>
        <source>1 type</source>
        <translation>1 种类型</translation>
    </message>
    <message>
        <source>%1 types</source>
        <translation>%1 种类型</translation>
    </message>
    <message>
        <source>empty, %1 types</source>
        <translation>空，%1 种类型</translation>
    </message>
    <message>
        <source>%1 references</source>
        <translation>%1 个引用</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>By descriptor: each task&apos;s array of pointers to its open files. Two descriptors may point at the same file (dup), and two tasks may share one array (threads).</source>
        <translation>按描述符：每个任务有一个数组，里面的指针指向打开的文件。两个描述符可以指向同一个文件（dup），两个任务可以共用一个数组（线程）。</translation>
    </message>
    <message>
        <source>1 descriptor</source>
        <translation>1 个描述符</translation>
    </message>
    <message>
        <source>%1 descriptors</source>
        <translation>%1 个描述符</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>1 个任务</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 个任务</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>在 %1</translation>
    </message>
    <message>
        <source>1 packet waits</source>
        <translation>1 个包在等</translation>
    </message>
    <message>
        <source>%1 packets wait</source>
        <translation>%1 个包在等</translation>
    </message>
    <message>
        <source>asked once</source>
        <translation>问过一次</translation>
    </message>
    <message>
        <source>asked %1 times</source>
        <translation>问过 %1 次</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>邻居</translation>
    </message>
    <message>
        <source>By address and device: at which hardware address somebody on the link is, how fresh that knowledge is, and what waits for an answer.</source>
        <translation>按地址和设备：链路上的某人在哪个硬件地址，这个信息有多新，以及什么在等回答。</translation>
    </message>
    <message>
        <source>1 neighbour</source>
        <translation>1 个邻居</translation>
    </message>
    <message>
        <source>%1 neighbours</source>
        <translation>%1 个邻居</translation>
    </message>
    <message>
        <source>only counts</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>priority %1</source>
        <translation>优先级 %1</translation>
    </message>
    <message>
        <source>Netfilter hooks</source>
        <translation>Netfilter 钩子</translation>
    </message>
    <message>
        <source>At five places of a packet&apos;s way: the functions that may look at it, drop it or keep it, in the order of their priorities.</source>
        <translation>在包经过的五个地方：可以看它、丢弃它或留下它的函数，按优先级排列。</translation>
    </message>
    <message>
        <source>empty: packets pass five places where nobody looks at them</source>
        <translation>空：包经过五个地方，那里没有人看</translation>
    </message>
    <message>
        <source>1 hook</source>
        <translation>1 个钩子</translation>
    </message>
    <message>
        <source>%1 hooks</source>
        <translation>%1 个钩子</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 条规则</translation>
    </message>
    <message>
        <source>%1 rules</source>
        <translation>%1 条规则</translation>
    </message>
    <message>
        <source>no header yet</source>
        <translation>还没有头</translation>
    </message>
    <message>
        <source>no error</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>the pages of sends %1 to %2 are free again</source>
        <translation>第 %1 到 %2 次发送的页已经空出来</translation>
    </message>
    <message>
        <source>its socket is %1</source>
        <translation>它的套接字是 %1</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>%1 of sk_rcvbuf&apos;s %2 bytes taken</source>
        <translation>已用 %1，sk_rcvbuf 是 %2 字节</translation>
    </message>
    <message>
        <source>until the program that holds the socket lets go of it</source>
        <translation>等持有套接字的程序放开它</translation>
    </message>
    <message>
        <source>%1 of sk_sndbuf&apos;s %2 bytes taken</source>
        <translation>已用 %1，sk_sndbuf 是 %2 字节</translation>
    </message>
    <message>
        <source>for recvmsg() with MSG_ERRQUEUE</source>
        <translation>等 recvmsg() 用 MSG_ERRQUEUE 来取</translation>
    </message>
    <message>
        <source>taken from the receive queue, to be read</source>
        <translation>从接收队列取下，准备读</translation>
    </message>
    <message>
        <source>sent, until the peer has acknowledged it</source>
        <translation>已发送，等对端确认</translation>
    </message>
    <message>
        <source>until the hole before it is filled</source>
        <translation>等前面的空洞填上</translation>
    </message>
    <message>
        <source>%1 of %2 places taken, until accept() fetches them</source>
        <translation>已占 %1 个位置，共 %2 个，等 accept() 来取</translation>
    </message>
    <message>
        <source>1 connection</source>
        <translation>1 个连接</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 个连接</translation>
    </message>
    <message>
        <source>1 buffer</source>
        <translation>1 个缓冲区</translation>
    </message>
    <message>
        <source>%1 buffers</source>
        <translation>%1 个缓冲区</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>until the softirq comes to them</source>
        <translation>等软中断来处理</translation>
    </message>
    <message>
        <source>process</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>which the softirq is working through</source>
        <translation>软中断正在处理</translation>
    </message>
    <message>
        <source>takes nothing: the device is down</source>
        <translation>什么都不收：设备已关闭</translation>
    </message>
    <message>
        <source>no queue: a packet goes to the device at once</source>
        <translation>没有队列：包直接交给设备</translation>
    </message>
    <message>
        <source>1 dropped</source>
        <translation>丢弃 1 个</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>丢弃 %1 个</translation>
    </message>
    <message>
        <source>%1, until the device takes them</source>
        <translation>%1，等设备收下</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>没有东西在等</translation>
    </message>
    <message>
        <source>qdisc</source>
        <translation>qdisc</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>What waits, and where: at a socket for the program or for the peer, at the processor for the softirq, at a device for its turn. Queues of sockets are listed while somebody waits in them.</source>
        <translation>什么在等，在哪里等：在套接字等程序或对端，在处理器等软中断，在设备等轮到自己。套接字的队列在有东西等的时候列出。</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1，在 %2里</translation>
    </message>
    <message>
        <source>1 queue</source>
        <translation>1 个队列</translation>
    </message>
    <message>
        <source>%1 queues</source>
        <translation>%1 个队列</translation>
    </message>
    <message>
        <source>empty: there is no socket and no device yet</source>
        <translation>空：还没有套接字，也没有设备</translation>
    </message>
    <message>
        <source>nothing waits at %1 and %2</source>
        <translation>%1和%2都没有东西在等</translation>
    </message>
    <message>
        <source>1 socket</source>
        <translation>1 个套接字</translation>
    </message>
    <message>
        <source>%1 sockets</source>
        <translation>%1 个套接字</translation>
    </message>
    <message>
        <source>1 device</source>
        <translation>1 个设备</translation>
    </message>
    <message>
        <source>%1 devices</source>
        <translation>%1 个设备</translation>
    </message>
    <message>
        <source>1st</source>
        <translation>第 1</translation>
    </message>
    <message>
        <source>2nd</source>
        <translation>第 2</translation>
    </message>
    <message>
        <source>3rd</source>
        <translation>第 3</translation>
    </message>
    <message>
        <source>%1th</source>
        <translation>第 %1</translation>
    </message>
    <message>
        <source>not laid out yet</source>
        <translation>还没有布置</translation>
    </message>
    <message>
        <source>empty, %1 buckets</source>
        <translation>空，%1 个桶</translation>
    </message>
    <message>
        <source>%1 in %2 of %3 buckets</source>
        <translation>%1，占 %2 个桶，共 %3 个</translation>
    </message>
    <message>
        <source>%1; the first %2 are listed</source>
        <translation>%1；列出前 %2 个</translation>
    </message>
    <message>
        <source>transmit</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>not set up</source>
        <translation>没有设置</translation>
    </message>
    <message>
        <source>%1 of %2 filled</source>
        <translation>已填 %1，共 %2</translation>
    </message>
    <message>
        <source>next_to_use %1, next_to_clean %2; the device reads at %3 (TDH), up to %4 (TDT)</source>
        <translation>next_to_use %1，next_to_clean %2；设备读到 %3（TDH），可读到 %4（TDT）</translation>
    </message>
    <message>
        <source>how to sum and cut up the next packet</source>
        <translation>怎样给下一个包算校验和、切段</translation>
    </message>
    <message>
        <source>to be sent</source>
        <translation>要发送</translation>
    </message>
    <message>
        <source>the end of its packet</source>
        <translation>它的包的末尾</translation>
    </message>
    <message>
        <source>next_to_use %1, next_to_clean %2; the device writes at %3 (RDH), up to %4 (RDT)</source>
        <translation>next_to_use %1，next_to_clean %2；设备写到 %3（RDH），可写到 %4（RDT）</translation>
    </message>
    <message>
        <source>came in</source>
        <translation>来了</translation>
    </message>
    <message>
        <source>until the driver&apos;s poll takes it</source>
        <translation>等驱动的轮询来取</translation>
    </message>
    <message>
        <source>Rings of network cards</source>
        <translation>网卡的环形缓冲区</translation>
    </message>
    <message>
        <source>What driver and card share: a circle of descriptors in memory. The driver fills slots at next_to_use and takes them back at next_to_clean; registers of the card say how far it is. To send, the driver gives frames; to receive, it gives empty buffers.</source>
        <translation>驱动和网卡共有的东西：内存里一圈环描述符。驱动在 next_to_use 处填，在 next_to_clean 处收回；网卡的寄存器说明它走到了哪里。发送时驱动给出帧；接收时驱动给出空的缓冲区。</translation>
    </message>
    <message>
        <source>empty: no device here has rings</source>
        <translation>空：这里没有设备带环</translation>
    </message>
    <message>
        <source>1 ring</source>
        <translation>1 个环</translation>
    </message>
    <message>
        <source>%1 rings</source>
        <translation>%1 个环</translation>
    </message>
    <message>
        <source>1 slot filled</source>
        <translation>填了 1 项</translation>
    </message>
    <message>
        <source>%1 slots filled</source>
        <translation>填了 %1 项</translation>
    </message>
    <message>
        <source>nothing in them waits</source>
        <translation>里面没有东西在等</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>%1 发出</translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation>%1 收到</translation>
    </message>
    <message>
        <source>cached: %1</source>
        <translation>缓存：%1</translation>
    </message>
    <message>
        <source>depth %1</source>
        <translation>深度 %1</translation>
    </message>
    <message>
        <source>same leaf</source>
        <translation>同一个叶子</translation>
    </message>
    <message>
        <source>%1, %2; leaf %3</source>
        <translation>%1，%2；叶子 %3</translation>
    </message>
    <message>
        <source>%1, %2; leaf %3, reached by the bits %4</source>
        <translation>%1，%2；叶子 %3，由位 %4 到达</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>By destination: the longest prefix that covers an address says what to do with it. The local table shares the main table&apos;s trie until somebody makes rules. At each place of the trie one or more bits of the address decide where to go on.</source>
        <translation>按目的：覆盖一个地址的最长前缀决定怎样处理它。在有人设置规则之前，local 表与 main 表共用一个 trie。在 trie 的每一处，由地址的一个或几个位决定往哪里走。</translation>
    </message>
    <message>
        <source>%1 at 1 leaf</source>
        <translation>%1，在 1 个叶子上</translation>
    </message>
    <message>
        <source>1 route</source>
        <translation>1 条路由</translation>
    </message>
    <message>
        <source>%1 routes</source>
        <translation>%1 条路由</translation>
    </message>
    <message>
        <source>%1 at %2 leaves</source>
        <translation>%1，在 %2 个叶子上</translation>
    </message>
    <message>
        <source>path MTU %1, locked</source>
        <translation>路径 MTU %1，锁定</translation>
    </message>
    <message>
        <source>path MTU %1</source>
        <translation>路径 MTU %1</translation>
    </message>
    <message>
        <source>gateway %1</source>
        <translation>网关 %1</translation>
    </message>
    <message>
        <source>until jiffy %1</source>
        <translation>到 jiffy %1 为止</translation>
    </message>
    <message>
        <source>Route exceptions</source>
        <translation>路由例外</translation>
    </message>
    <message>
        <source>What was learnt of one destination beyond its route: a smaller path MTU (ICMP: fragmentation needed), or a better gateway (ICMP: redirect).</source>
        <translation>关于一个目的地，在它的路由之外学到的：更小的路径 MTU（ICMP：需要分片），或更好的网关（ICMP：重定向）。</translation>
    </message>
    <message>
        <source>1 destination</source>
        <translation>1 个目的地</translation>
    </message>
    <message>
        <source>%1 destinations</source>
        <translation>%1 个目的地</translation>
    </message>
    <message>
        <source>the rest of a connection, until its timer ends it</source>
        <translation>连接剩下的部分，等它的定时器来结束</translation>
    </message>
    <message>
        <source>a request, child of %1</source>
        <translation>一个请求，%1 的孩子</translation>
    </message>
    <message>
        <source>no descriptor</source>
        <translation>没有描述符</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>accept queue %1 of %2</source>
        <translation>全连接队列 %1，上限 %2</translation>
    </message>
    <message>
        <source>receive queue %1</source>
        <translation>接收队列 %1</translation>
    </message>
    <message>
        <source>TCP connections</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>By local and remote address and port: where a segment finds its connection. Connections, requests that a SYN has made, and what is left of closed connections (TIME_WAIT).</source>
        <translation>按本端和对端的地址与端口：段在这里找到它的连接。有连接、SYN 留下的请求，以及关闭的连接剩下的部分（TIME_WAIT）。</translation>
    </message>
    <message>
        <source>TCP listeners</source>
        <translation>TCP 监听者</translation>
    </message>
    <message>
        <source>By local address and port: where a SYN finds who listens, first for its very address, then for any address.</source>
        <translation>按本端的地址和端口：SYN 在这里找到谁在监听，先按确切的地址找，再按任意地址找。</translation>
    </message>
    <message>
        <source>1 listener</source>
        <translation>1 个监听者</translation>
    </message>
    <message>
        <source>%1 listeners</source>
        <translation>%1 个监听者</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>fastreuse: all set SO_REUSEADDR</source>
        <translation>fastreuse：都设置了 SO_REUSEADDR</translation>
    </message>
    <message>
        <source>fastreuseport: SO_REUSEPORT</source>
        <translation>fastreuseport：SO_REUSEPORT</translation>
    </message>
    <message>
        <source>TCP ports in use</source>
        <translation>在用的 TCP 端口</translation>
    </message>
    <message>
        <source>By local port: bind() and connect() ask here whether a port is free. One inet_bind_bucket for each port, with the sockets that share it.</source>
        <translation>按本地端口：bind() 和 connect() 在这里问一个端口是否空闲。每个端口一个 inet_bind_bucket，带着共用它的套接字。</translation>
    </message>
    <message>
        <source>1 port</source>
        <translation>1 个端口</translation>
    </message>
    <message>
        <source>%1 ports</source>
        <translation>%1 个端口</translation>
    </message>
    <message>
        <source>TCP addresses and ports in use</source>
        <translation>在用的 TCP 地址和端口</translation>
    </message>
    <message>
        <source>By local address and port: the same, for a port that many addresses share.</source>
        <translation>按本端的地址和端口：同样的内容，用于许多地址共用的端口。</translation>
    </message>
    <message>
        <source>1 address and port</source>
        <translation>1 个地址和端口</translation>
    </message>
    <message>
        <source>%1 addresses and ports</source>
        <translation>%1 个地址和端口</translation>
    </message>
    <message>
        <source>%1, local %2</source>
        <translation>%1，本地 %2</translation>
    </message>
    <message>
        <source>UDP by port</source>
        <translation>UDP，按端口</translation>
    </message>
    <message>
        <source>By local port: where bind() looks for a free one, and a datagram for its socket while few share the bucket.</source>
        <translation>按本地端口：bind() 在这里找空闲的端口；共用一个桶的套接字不多时，数据报也在这里找套接字。</translation>
    </message>
    <message>
        <source>UDP by address and port</source>
        <translation>UDP，按地址和端口</translation>
    </message>
    <message>
        <source>By local address and port: where a datagram finds its socket, first under its very address, then under any address.</source>
        <translation>按本端的地址和端口：数据报在这里找到套接字，先按确切的地址找，再按任意地址找。</translation>
    </message>
    <message>
        <source>Raw sockets</source>
        <translation>原始套接字</translation>
    </message>
    <message>
        <source>By IP protocol: each of them gets a copy of every packet of its protocol.</source>
        <translation>按 IP 协议：每个套接字得到该协议每个包的一份副本。</translation>
    </message>
    <message>
        <source>Ping sockets</source>
        <translation>Ping 套接字</translation>
    </message>
    <message>
        <source>By the identifier of the echo request, which is a ping socket&apos;s port.</source>
        <translation>按回显请求的标识，也就是 ping 套接字的端口。</translation>
    </message>
    <message>
        <source>identifier %1</source>
        <translation>标识 %1</translation>
    </message>
    <message>
        <source>on to the rule at offset %1</source>
        <translation>转到偏移 %1 处的规则</translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 字节</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>this program was built without the window (SOCKWALK_GUI=OFF); try: sockwalk print FILE</source>
        <translation>这个程序编译时没有带窗口（SOCKWALK_GUI=OFF）；试试：sockwalk print FILE</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不够了</translation>
    </message>
    <message>
        <source>name a script, a capture or a session</source>
        <translation>请给出一个脚本、抓包或会话</translation>
    </message>
    <message>
        <source>name a structure, sk_buff for instance</source>
        <translation>请给出一个结构体，例如 sk_buff</translation>
    </message>
    <message>
        <source>name a script or a capture to run</source>
        <translation>请给出要运行的脚本或抓包</translation>
    </message>
    <message>
        <source>--hash writes nothing, so there is no use for -o</source>
        <translation>--hash 什么都不写，所以 -o 没有用处</translation>
    </message>
    <message>
        <source>say where to write, with -o DIR</source>
        <translation>请用 -o DIR 说明写到哪里</translation>
    </message>
    <message>
        <source>name a packet file</source>
        <translation>请给出一个抓包文件</translation>
    </message>
    <message>
        <source>shot: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw</source>
        <translation>shot：这个程序编译时没有带窗口（SOCKWALK_GUI=OFF），所以画不了</translation>
    </message>
    <message>
        <source>--where is for the topic packets</source>
        <translation>--where 用于 packets 这个主题</translation>
    </message>
    <message>
        <source>simplified: %1</source>
        <translation>有简化：%1</translation>
    </message>
    <message>
        <source>no buffer</source>
        <translation>没有缓冲区</translation>
    </message>
    <message>
        <source>pulled</source>
        <translation>已拉掉</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已返回</translation>
    </message>
    <message>
        <source>good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>坏</translation>
    </message>
    <message>
        <source>event %1</source>
        <translation>事件 %1</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户态</translation>
    </message>
    <message>
        <source>VFS</source>
        <translation>VFS</translation>
    </message>
    <message>
        <source>socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>inet</source>
        <translation>INET</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>传输层</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>link</source>
        <translation>链路层</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>frame on %1, %2 bytes: %3</source>
        <translation>%1 上的帧，%2 字节：%3</translation>
    </message>
    <message>
        <source>packet on %1, %2 bytes: %3</source>
        <translation>%1 上的包，%2 字节：%3</translation>
    </message>
    <message>
        <source>%1 frames on %2, the first: %3</source>
        <translation>%2 上的 %1 个帧，第一个：%3</translation>
    </message>
    <message>
        <source>%1 packets on %2, the first: %3</source>
        <translation>%2 上的 %1 个包，第一个：%3</translation>
    </message>
    <message>
        <source>not returned yet</source>
        <translation>还没有返回</translation>
    </message>
    <message>
        <source>event %1 of %2, %3</source>
        <translation>第 %1 个事件，共 %2 个，%3</translation>
    </message>
    <message>
        <source>step %1 of %2 of %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
    <message>
        <source> (new)</source>
        <translation>（新）</translation>
    </message>
    <message>
        <source> (changed)</source>
        <translation>（有变化）</translation>
    </message>
    <message>
        <source>no object lives yet</source>
        <translation>还没有对象</translation>
    </message>
    <message>
        <source>%1, relived as %2</source>
        <translation>%1，以 %2 的身份重演</translation>
    </message>
    <message>
        <source>%1 frames, %2 received, %3 sent by the host: %4 same, %5 equivalent, %6 different, %7 not relived</source>
        <translation>%1 帧，收到 %2，主机发出 %3：相同 %4，等价 %5，不同 %6，没有重演 %7</translation>
    </message>
    <message>
        <source>%1 only ours, %2 of them a difference</source>
        <translation>只有我们发的 %1，其中 %2 算作差异</translation>
    </message>
    <message>
        <source>sleeps</source>
        <translation>睡着</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 说：%2</translation>
    </message>
    <message>
        <source>the cable loses a frame</source>
        <translation>线缆弄丢一个帧</translation>
    </message>
    <message>
        <source>the cable holds a frame back: later ones overtake it</source>
        <translation>线缆扣住一个帧：后来的帧赶到它前面</translation>
    </message>
    <message>
        <source>the cable delivers a frame twice</source>
        <translation>线缆把一个帧送了两次</translation>
    </message>
    <message>
        <source>1 round trip</source>
        <translation>1 次往返</translation>
    </message>
    <message>
        <source>%1 round trips</source>
        <translation>%1 次往返</translation>
    </message>
    <message>
        <source>a connection without an owner is given up: there are too many of them</source>
        <translation>放弃一个没有主人的连接：这样的连接太多</translation>
    </message>
    <message>
        <source>a connection without an owner is given up: TCP has too little memory</source>
        <translation>放弃一个没有主人的连接：TCP 的内存太紧张</translation>
    </message>
    <message>
        <source>The captured host sent this as well, for it was acknowledged: the capture does not have it.</source>
        <translation>抓包里的主机也发了这个，因为它得到了确认：只是抓包里没有。</translation>
    </message>
    <message>
        <source>left out: the filter of the session, or the kind of its link</source>
        <translation>略去：由于会话的过滤条件，或链路的类型</translation>
    </message>
    <message>
        <source>not played: the packet of a frame before, further on its way</source>
        <translation>没有播放：前面某个帧的包，走在后面的路上</translation>
    </message>
    <message>
        <source>not played: the handshake is not whole; its connection is adopted behind it</source>
        <translation>没有播放：握手不完整；在它之后接手这个连接</translation>
    </message>
    <message>
        <source>not played: the kernel had stopped</source>
        <translation>没有播放：内核已经停下</translation>
    </message>
    <message>
        <source>%1 speaks to %2, which is no address of the host</source>
        <translation>%1 发给 %2，那不是这台主机的地址</translation>
    </message>
    <message>
        <source>sent by %1; the capture missed it, but it was acknowledged</source>
        <translation>由 %1 发送；抓包漏了它，但它得到了确认</translation>
    </message>
    <message>
        <source>%1: nothing fits</source>
        <translation>%1：没有相符的</translation>
    </message>
    <message>
        <source>found in %1: %2</source>
        <translation>在 %1 里找到：%2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Dropped at %1: %2</source>
        <translation>在%1丢弃：%2</translation>
    </message>
    <message>
        <source>Dropped at %1 by %2: %3</source>
        <translation>在%1由 %2 丢弃：%3</translation>
    </message>
    <message>
        <source>Let go at %1: its bytes went over to %2.</source>
        <translation>在%1释放：它的字节转给了 %2。</translation>
    </message>
    <message>
        <source>Let go at %1: the packet has done its duty. Its bytes are shown as they were left.</source>
        <translation>在%1释放：数据包已完成使命。这里显示的是它留下的字节。</translation>
    </message>
    <message>
        <source>Let go at %1 by %2: the packet has done its duty. Its bytes are shown as they were left.</source>
        <translation>在%1由 %2 释放：数据包已完成使命。这里显示的是它留下的字节。</translation>
    </message>
    <message>
        <source>Last, at %1: %2</source>
        <translation>上一次，在%1：%2</translation>
    </message>
    <message>
        <source>SOCKET_I(inode): the address of the inode − %1</source>
        <translation>SOCKET_I(inode)：inode 的地址 − %1</translation>
    </message>
    <message>
        <source>%1: one address, and a type for each box</source>
        <translation>%1：一个地址，每个框一种类型</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>末尾</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>%1: task</source>
        <translation>%1：任务</translation>
    </message>
    <message>
        <source>%1: task %2</source>
        <translation>%1：任务 %2</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>系统调用</translation>
    </message>
    <message>
        <source>Files: descriptors, sockfs, splice</source>
        <translation>文件：描述符、sockfs、splice</translation>
    </message>
    <message>
        <source>poll and epoll</source>
        <translation>poll 与 epoll</translation>
    </message>
    <message>
        <source>struct sock: life, queues, memory, options</source>
        <translation>struct sock：生命、队列、内存、选项</translation>
    </message>
    <message>
        <source>AF_INET</source>
        <translation>AF_INET</translation>
    </message>
    <message>
        <source>Other families: unix, netlink, packet</source>
        <translation>其他协议族：unix、netlink、packet</translation>
    </message>
    <message>
        <source>TCP: sending</source>
        <translation>TCP：发送</translation>
    </message>
    <message>
        <source>TCP: connections and states</source>
        <translation>TCP：连接与状态</translation>
    </message>
    <message>
        <source>TCP: receiving</source>
        <translation>TCP：接收</translation>
    </message>
    <message>
        <source>UDP, ping, raw</source>
        <translation>UDP、ping、raw</translation>
    </message>
    <message>
        <source>Loss and congestion</source>
        <translation>丢失与拥塞</translation>
    </message>
    <message>
        <source>TCP: timers</source>
        <translation>TCP：定时器</translation>
    </message>
    <message>
        <source>Sockets by address: hash tables</source>
        <translation>按地址找套接字：哈希表</translation>
    </message>
    <message>
        <source>IP: output, fragmentation</source>
        <translation>IP：输出、分片</translation>
    </message>
    <message>
        <source>IP: input, reassembly, forwarding</source>
        <translation>IP：输入、重组、转发</translation>
    </message>
    <message>
        <source>ICMP, IGMP</source>
        <translation>ICMP、IGMP</translation>
    </message>
    <message>
        <source>Netfilter</source>
        <translation>Netfilter</translation>
    </message>
    <message>
        <source>Neighbours: ARP</source>
        <translation>邻居：ARP</translation>
    </message>
    <message>
        <source>Queueing: qdisc</source>
        <translation>排队：qdisc</translation>
    </message>
    <message>
        <source>Devices: send, receive, GRO, NAPI</source>
        <translation>设备：发送、接收、GRO、NAPI</translation>
    </message>
    <message>
        <source>sk_buff: allocate, copy, share, free</source>
        <translation>sk_buff：分配、复制、共享、释放</translation>
    </message>
    <message>
        <source>Loopback, veth, tun</source>
        <translation>环回、veth、tun</translation>
    </message>
    <message>
        <source>Network card: e1000, rings, wire</source>
        <translation>网卡：e1000、环、线路</translation>
    </message>
    <message>
        <source>%1 calls, %2 to come</source>
        <translation>%1 次调用，还有 %2 次</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 objects are not shown, and others were not looked at: %2</source>
        <translation>有 %1 个对象没有画出，还有一些没有看：%2</translation>
    </message>
    <message>
        <source>1 object is not shown: %1</source>
        <translation>有 1 个对象没有画出：%1</translation>
    </message>
    <message>
        <source>%1 objects are not shown: %2</source>
        <translation>有 %1 个对象没有画出：%2</translation>
    </message>
    <message>
        <source>power off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>%2 的第 %1 步</translation>
    </message>
    <message>
        <source>application</source>
        <translation>应用程序</translation>
    </message>
    <message>
        <source>C library</source>
        <translation>C 库</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>wire, peer</source>
        <translation>线路与对端</translation>
    </message>
    <message>
        <source>joins packet %1</source>
        <translation>并入包 %1</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>sacked_out</source>
        <translation>sacked_out</translation>
    </message>
    <message>
        <source>lost_out</source>
        <translation>lost_out</translation>
    </message>
    <message>
        <source>cwnd</source>
        <translation>cwnd</translation>
    </message>
    <message>
        <source>ssthresh</source>
        <translation>ssthresh</translation>
    </message>
    <message>
        <source>lost on the way</source>
        <translation>在途中丢失</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>未被接收</translation>
    </message>
    <message>
        <source>behind the wire</source>
        <translation>在线路另一端</translation>
    </message>
    <message>
        <source>no socket yet, or any more</source>
        <translation>套接字还没有，或已不在</translation>
    </message>
    <message>
        <source>Congestion</source>
        <translation>拥塞</translation>
    </message>
    <message>
        <source>segments</source>
        <translation>段</translation>
    </message>
    <message>
        <source>how many segments may be in flight</source>
        <translation>允许多少段在途</translation>
    </message>
    <message>
        <source>where slow start ends</source>
        <translation>慢启动在这里结束</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>smoothed; the member holds eighths of a microsecond</source>
        <translation>平滑值；成员以八分之一微秒为单位</translation>
    </message>
    <message>
        <source>its variance; the member holds quarters</source>
        <translation>它的方差；成员以四分之一微秒为单位</translation>
    </message>
    <message>
        <source>when what is not acknowledged goes again</source>
        <translation>未确认的数据何时重发</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>what the peer has room for</source>
        <translation>对端还容得下多少</translation>
    </message>
    <message>
        <source>what was promised to the peer</source>
        <translation>向对端承诺了多少</translation>
    </message>
    <message>
        <source>memory of what waits to be read</source>
        <translation>等待读取的数据所占内存</translation>
    </message>
    <message>
        <source>memory of what was written and is not acknowledged</source>
        <translation>已写入而未确认的数据所占内存</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>变化 %1 次</translation>
    </message>
    <message>
        <source>a timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>does not live now</source>
        <translation>此刻不存在</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>pointers</source>
        <translation>指针</translation>
    </message>
    <message>
        <source>queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>timers</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>callbacks</source>
        <translation>回调</translation>
    </message>
    <message>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>receiving</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>congestion</source>
        <translation>拥塞</translation>
    </message>
    <message>
        <source>round trips</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>general</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>ownership</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>%1  %2  %3 again</source>
        <translation>%1  %2  仍是 %3</translation>
    </message>
    <message>
        <source>%1  %2  %3 → %4</source>
        <translation>%1  %2  %3 → %4</translation>
    </message>
    <message>
        <source>At this moment it does not live yet: it is allocated at %1.</source>
        <translation>这一刻它还不存在：到%1才分配。</translation>
    </message>
    <message>
        <source>Freed at %1. What is shown is what was left in its memory.</source>
        <translation>已在%1释放。这里显示的是内存里留下的内容。</translation>
    </message>
    <message>
        <source>a member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>expected a condition such as %1</source>
        <translation>应为条件，例如 %1</translation>
    </message>
    <message>
        <source>That does not happen between here and the end of the record.</source>
        <translation>从这里到记录末尾，这件事没有发生。</translation>
    </message>
    <message>
        <source>That has not happened before this moment.</source>
        <translation>在这一刻之前，这件事没有发生过。</translation>
    </message>
    <message>
        <source>there is no display (DISPLAY and WAYLAND_DISPLAY are empty)</source>
        <translation>没有显示器（DISPLAY 和 WAYLAND_DISPLAY 都是空的）</translation>
    </message>
    <message>
        <source>no window can open: %1</source>
        <translation>打不开窗口：%1</translation>
    </message>
    <message>
        <source>Without one work: sockwalk print FILE, sockwalk shot FILE -o OUT.png, and the others that sockwalk --help names</source>
        <translation>不需要窗口的有：sockwalk print FILE、sockwalk shot FILE -o OUT.png，其余的见 sockwalk --help</translation>
    </message>
    <message>
        <source>Try: %1</source>
        <translation>试试：%1</translation>
    </message>
    <message>
        <source>what was printed did not arrive: %1</source>
        <translation>打印的内容没有送到：%1</translation>
    </message>
    <message>
        <source>takes %1, not &apos;%2&apos;</source>
        <translation>应是 %1，不是“%2”</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>takes a number from %1 to %2, not &apos;%3&apos;</source>
        <translation>应是 %1 到 %2 的数，不是“%3”</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is one word too many</source>
        <translation>“%1”是多余的词</translation>
    </message>
    <message>
        <source>unknown option %1</source>
        <translation>不认识的选项 %1</translation>
    </message>
    <message>
        <source>unknown option %1; did you mean %2?</source>
        <translation>不认识的选项 %1；你是想说 %2 吗？</translation>
    </message>
    <message>
        <source>%1 needs a value after it</source>
        <translation>%1 后面要有一个值</translation>
    </message>
    <message>
        <source>%1 is given more than once</source>
        <translation>%1 给了不止一次</translation>
    </message>
    <message>
        <source>%1: the kernel has stopped: %2</source>
        <translation>%1：内核停了：%2</translation>
    </message>
    <message>
        <source>%1 of %2 packets</source>
        <translation>共 %2 个数据包，写了 %1 个</translation>
    </message>
    <message>
        <source>say which folder to draw into with -o, or only look with --check</source>
        <translation>请用 -o 给出画到哪个文件夹，或者用 --check 只检查</translation>
    </message>
    <message>
        <source>say which folder to draw into with -o</source>
        <translation>请用 -o 给出画到哪个文件夹</translation>
    </message>
    <message>
        <source>%1 is not for --readme, which draws what the README shows</source>
        <translation>%1 用不上：--readme 画的是 README 里的图</translation>
    </message>
    <message>
        <source>gallery: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw</source>
        <translation>gallery：这个程序编译时没有带窗口（SOCKWALK_GUI=OFF），所以画不了图</translation>
    </message>
    <message>
        <source>there is no command &apos;%1&apos;; there are %2</source>
        <translation>没有“%1”这个命令；有 %2</translation>
    </message>
    <message>
        <source>and</source>
        <translation>和</translation>
    </message>
    <message>
        <source>there is no command &apos;%1&apos;; did you mean %2?</source>
        <translation>没有“%1”这个命令；你是想说 %2 吗？</translation>
    </message>
    <message>
        <source>the kernel has stopped: %1</source>
        <translation>内核停了：%1</translation>
    </message>
    <message>
        <source>What happened here: %1</source>
        <translation>这里发生了什么：%1</translation>
    </message>
    <message>
        <source>takes WIDTHxHEIGHT in pixels, 1280x800 for instance, not &apos;%1&apos;</source>
        <translation>要 WIDTHxHEIGHT，以像素计，例如 1280x800，不是“%1”</translation>
    </message>
    <message>
        <source>takes a number from above 0 to 8, not &apos;%1&apos;</source>
        <translation>应是大于 0、不超过 8 的数，不是“%1”</translation>
    </message>
    <message>
        <source>There is none at this moment.</source>
        <translation>这一刻一个也没有。</translation>
    </message>
    <message>
        <source>a function is entered</source>
        <translation>进入一个函数</translation>
    </message>
    <message>
        <source>a function returns</source>
        <translation>一个函数返回</translation>
    </message>
    <message>
        <source>what the function that returns gives back</source>
        <translation>返回的函数给出的值</translation>
    </message>
    <message>
        <source>a line of the source runs: &quot;tcp_ipv4.cpp:120&quot;</source>
        <translation>运行到某一行源码：&quot;tcp_ipv4.cpp:120&quot;</translation>
    </message>
    <message>
        <source>a packet is dropped</source>
        <translation>丢弃一个数据包</translation>
    </message>
    <message>
        <source>... and why</source>
        <translation>……以及原因</translation>
    </message>
    <message>
        <source>a task goes to sleep</source>
        <translation>一个任务进入睡眠</translation>
    </message>
    <message>
        <source>the kernel stops</source>
        <translation>内核停下</translation>
    </message>
    <message>
        <source>who runs: &quot;server&quot;, &quot;softirq&quot;</source>
        <translation>谁在运行：&quot;server&quot;、&quot;softirq&quot;</translation>
    </message>
    <message>
        <source>--at and --until are two moments</source>
        <translation>--at 和 --until 指的是两个不同的时刻</translation>
    </message>
    <message>
        <source>timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>frames arrive</source>
        <translation>帧到达</translation>
    </message>
    <message>
        <source>Call path</source>
        <translation>调用路径</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>第一步</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Next call or frame</source>
        <translation>下一个调用或帧</translation>
    </message>
    <message>
        <source>Call or frame before</source>
        <translation>上一个调用或帧</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>step %1 of %2 steps</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>No sk_buff is in hand at this step.</source>
        <translation>这一步没有正在处理的 sk_buff。</translation>
    </message>
    <message>
        <source>Simplified here</source>
        <translation>此处有简化</translation>
    </message>
    <message>
        <source>Made with Sockwalk from a run of its simulated kernel, Linux 6.1.</source>
        <translation>由 Sockwalk 根据其模拟内核（Linux 6.1）的一次运行生成。</translation>
    </message>
    <message>
        <source>You follow the teacher. Step yourself to look around; nobody is disturbed.</source>
        <translation>你正跟随老师。可以自己走几步看看，不会打扰任何人。</translation>
    </message>
    <message>
        <source>You have wandered off; the teacher goes on.</source>
        <translation>你已离开老师的位置；老师继续往前走。</translation>
    </message>
    <message>
        <source>Back to the teacher</source>
        <translation>回到老师处</translation>
    </message>
    <message>
        <source>The teacher&apos;s machine is not heard; this page tries again.</source>
        <translation>听不到老师的机器；本页会再试。</translation>
    </message>
    <message>
        <source>The teacher has ended the class. The walk stays yours as long as this page is open.</source>
        <translation>老师结束了课堂。只要本页开着，走查就留给你。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The address of this page with #step=N leads to a step.</source>
        <translation>在本页地址后加 #step=N 可直达某一步。</translation>
    </message>
    <message>
        <source>The machine is off.</source>
        <translation>机器没有开机。</translation>
    </message>
    <message>
        <source>--where is of packets; a page holds a stretch: --from and --to</source>
        <translation>--where 用于数据包；网页取的是一段：--from 和 --to</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 步</translation>
    </message>
    <message>
        <source>--from and --to are of a page (.html, .zip); for packets there is --where</source>
        <translation>--from 和 --to 用于网页（.html、.zip）；数据包用 --where</translation>
    </message>
    <message>
        <source>-o OUT is missing: the .pcapng, .json, .html or .zip file to write</source>
        <translation>缺少 -o OUT：要写的 .pcapng、.json、.html 或 .zip 文件</translation>
    </message>
    <message>
        <source>data area</source>
        <translation>数据区</translation>
    </message>
    <message>
        <source>%1 asked for %2 in front, and there are %3: data is %4 before head, in memory that is not the packet&apos;s</source>
        <translation>%1 要在前面腾出 %2，而那里只有 %3：data 跑到 head 之前 %4，那里的内存不属于这个包</translation>
    </message>
    <message>
        <source>%1 asked for %2 at the end, and there are %3: tail is %4 behind end, where skb_shared_info stands</source>
        <translation>%1 要在尾部追加 %2，而那里只有 %3：tail 越过 end %4，那里放的是 skb_shared_info</translation>
    </message>
    <message>
        <source>%1 asked for %2 of a packet that has %3: it gives NULL, and nothing moves</source>
        <translation>%1 要拉掉 %2，而这个包只有 %3：返回 NULL，什么也没移动</translation>
    </message>
    <message>
        <source>%1 asked for %2, and the linear part has %3 (len %4, data_len %5): the rest stands in fragments, which data cannot reach</source>
        <translation>%1 要拉掉 %2，而线性区只有 %3（len %4，data_len %5）：其余在分片页里，data 到不了那里</translation>
    </message>
    <message>
        <source>%1 (not checked: whoever sends it completes it)</source>
        <translation>%1（不检查：由发送它的一方算完）</translation>
    </message>
    <message>
        <source>%1 of %2 bytes written</source>
        <translation>已写 %1 / %2 字节</translation>
    </message>
    <message>
        <source>CHECKSUM_PARTIAL: whoever sends it sums from %1 (csum_start) to the end and writes the sum at %2</source>
        <translation>CHECKSUM_PARTIAL：由发送它的一方从 %1（csum_start）算到末尾，把校验和写在 %2</translation>
    </message>
    <message>
        <source>fragment: %1 at %2 of %3</source>
        <translation>分片页：%3 的 %2 处起 %1</translation>
    </message>
    <message>
        <source>frag_list: %1, %2</source>
        <translation>frag_list：%1，%2</translation>
    </message>
    <message>
        <source>the same bytes: %1, data %2, tail %3, len %4</source>
        <translation>同一批字节：%1，data %2，tail %3，len %4</translation>
    </message>
    <message>
        <source>claimed, not written yet</source>
        <translation>已占用，还没有写</translation>
    </message>
    <message>
        <source>GSO: %1 segments of %2 bytes</source>
        <translation>GSO：%1 段，每段 %2 字节</translation>
    </message>
    <message>
        <source>1 more sk_buff in frag_list</source>
        <translation>frag_list 里还有 1 个 sk_buff</translation>
    </message>
    <message>
        <source>%1 more sk_buffs in frag_list</source>
        <translation>frag_list 里还有 %1 个 sk_buff</translation>
    </message>
    <message>
        <source>has claimed room for %1 at the end</source>
        <translation>在尾部占用了 %1的位置</translation>
    </message>
    <message>
        <source>has claimed room for %1 in front</source>
        <translation>在前面占用了 %1的位置</translation>
    </message>
    <message>
        <source>Nothing checks before: behind end lies skb_shared_info, so the kernel stops here.</source>
        <translation>事先没有检查：end 之后就是 skb_shared_info，所以内核在这里停下。</translation>
    </message>
    <message>
        <source>Only tail moved: between the old tail and the new one stands what the memory held before, until somebody writes there. There is tailroom for %1 more.</source>
        <translation>只有 tail 动了：新旧 tail 之间还是这块内存原来的内容，要等有人写进去。尾部空间还剩 %1。</translation>
    </message>
    <message>
        <source>Nothing checks before: in front of head lies other memory, so the kernel stops here.</source>
        <translation>事先没有检查：head 之前是别的内存，所以内核在这里停下。</translation>
    </message>
    <message>
        <source>No byte was copied: data moved down into the headroom. What stands there is what the memory held before; the new header is written next.</source>
        <translation>没有复制任何字节：data 往下移进头部空间。那里还是这块内存原来的内容，接下来才写新的头。</translation>
    </message>
    <message>
        <source>No byte was copied: data moved back over bytes that stood there already.</source>
        <translation>没有复制任何字节：data 退回到原来就在那里的字节之前。</translation>
    </message>
    <message>
        <source>the same bytes: %1 sk_buffs describe them (dataref)</source>
        <translation>同样的字节：%1 个 sk_buff 描述它们（dataref）</translation>
    </message>
    <message>
        <source>both have a fragment in %1</source>
        <translation>两者都有分片页在 %1 里</translation>
    </message>
    <message>
        <source>another data area</source>
        <translation>换了数据区</translation>
    </message>
    <message>
        <source>let go of</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>%1, in %2()</source>
        <translation>%1，在 %2() 中</translation>
    </message>
    <message>
        <source>went into %1</source>
        <translation>并入 %1</translation>
    </message>
    <message>
        <source>let go of by %1()</source>
        <translation>由 %1() 释放</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>being made</source>
        <translation>正在造</translation>
    </message>
    <message>
        <source>alive</source>
        <translation>活着</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>分段</translation>
    </message>
    <message>
        <source>IP fragment</source>
        <translation>IP 分片</translation>
    </message>
    <message>
        <source>rear part</source>
        <translation>后半段</translation>
    </message>
    <message>
        <source>merged by GRO</source>
        <translation>由 GRO 合并</translation>
    </message>
    <message>
        <source>joined in a queue</source>
        <translation>在队列里并入</translation>
    </message>
    <message>
        <source>reassembled</source>
        <translation>重组</translation>
    </message>
    <message>
        <source>made</source>
        <translation>造出</translation>
    </message>
    <message>
        <source>%1 clones</source>
        <translation>%1 个克隆</translation>
    </message>
    <message>
        <source>%1 copies</source>
        <translation>%1 个复制</translation>
    </message>
    <message>
        <source>%1 segments</source>
        <translation>%1 个分段</translation>
    </message>
    <message>
        <source>%1 IP fragments</source>
        <translation>%1 个 IP 分片</translation>
    </message>
    <message>
        <source>%1 rear parts</source>
        <translation>%1 个后半段</translation>
    </message>
    <message>
        <source>%1 merged by GRO</source>
        <translation>%1 个由 GRO 合并</translation>
    </message>
    <message>
        <source>%1 joined in a queue</source>
        <translation>%1 个在队列里并成一个</translation>
    </message>
    <message>
        <source>%1 reassembled</source>
        <translation>%1 个重组进来</translation>
    </message>
    <message>
        <source>%1 sk_buffs</source>
        <translation>%1 个 sk_buff</translation>
    </message>
    <message>
        <source>container_of: %1 at %2 − %3 = %4</source>
        <translation>container_of：%1 在 %2 − %3 = %4</translation>
    </message>
    <message>
        <source>%1 holds %2; %3</source>
        <translation>%1 里有 %2；%3</translation>
    </message>
    <message>
        <source>byte %1 of %2</source>
        <translation>%2 的字节 %1</translation>
    </message>
    <message>
        <source>bytes %1 to %2 of %3</source>
        <translation>%3 的字节 %1 到 %2</translation>
    </message>
    <message>
        <source>no frame has these bytes</source>
        <translation>没有帧含有这些字节</translation>
    </message>
    <message>
        <source>no buffer has these bytes: the card has made them, or they are gone</source>
        <translation>没有缓冲区含有这些字节：它们由网卡生成，或已不在</translation>
    </message>
    <message>
        <source>%1 bytes at %2</source>
        <translation>%2 处的 %1 字节</translation>
    </message>
    <message>
        <source>%1 bytes in a page of %2</source>
        <translation>%2 的分片页里的 %1 字节</translation>
    </message>
    <message>
        <source>the buffer of %1</source>
        <translation>%1 的缓冲区</translation>
    </message>
    <message>
        <source>in struct %1</source>
        <translation>在 struct %1 里</translation>
    </message>
    <message>
        <source>no structure lies over them</source>
        <translation>上面没有结构体</translation>
    </message>
    <message>
        <source>%1, copied from %2</source>
        <translation>%1，复制自 %2</translation>
    </message>
    <message>
        <source>nobody that the record knows has written them</source>
        <translation>记录里没有谁写过它们</translation>
    </message>
    <message>
        <source>written by %1(), %2 line %3</source>
        <translation>由 %1() 写入，%2 第 %3 行</translation>
    </message>
    <message>
        <source>All %1 members are alike.</source>
        <translation>%1 个成员全都相同。</translation>
    </message>
    <message>
        <source>1 of %1 members differs.</source>
        <translation>%1 个成员里有 1 个不同。</translation>
    </message>
    <message>
        <source>%1 of %2 members differ.</source>
        <translation>%2 个成员里有 %1 个不同。</translation>
    </message>
    <message>
        <source>never written</source>
        <translation>从未写过</translation>
    </message>
    <message>
        <source>%1 at event %2</source>
        <translation>%1，事件 %2</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>features</source>
        <translation>各种特性</translation>
    </message>
    <message>
        <source>functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>loss and recovery</source>
        <translation>丢失与恢复</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>which CPU, which queue of the card</source>
        <translation>哪个 CPU、网卡的哪个队列</translation>
    </message>
    <message>
        <source>time stamps</source>
        <translation>时间戳</translation>
    </message>
    <message>
        <source>busy polling</source>
        <translation>忙轮询</translation>
    </message>
    <message>
        <source>filters, security, accounting</source>
        <translation>过滤、安全、计账</translation>
    </message>
    <message>
        <source>the lists that it is on</source>
        <translation>它所在的链表</translation>
    </message>
    <message>
        <source>locks</source>
        <translation>锁</translation>
    </message>
    <message>
        <source>the whole walk</source>
        <translation>整个走查</translation>
    </message>
    <message>
        <source>up to here</source>
        <translation>到这里为止</translation>
    </message>
    <message>
        <source>in this call or frame</source>
        <translation>这次调用或这一帧里</translation>
    </message>
    <message>
        <source>%1 and 1 other</source>
        <translation>%1 和另外 1 个</translation>
    </message>
    <message>
        <source>%1 and %2 others</source>
        <translation>%1 和另外 %2 个</translation>
    </message>
    <message>
        <source>Counted are writes. Reads are not recorded: a line that nobody writes may still be read all the time.</source>
        <translation>数的是写入。读取没有记录：没人写的行也可能一直有人读。</translation>
    </message>
    <message>
        <source>%1 writes in the whole walk, %2 up to here, %3 in this call or frame</source>
        <translation>整个走查写了 %1 次，到这里为止 %2 次，这次调用或这一帧里 %3 次</translation>
    </message>
    <message>
        <source>cache line %1, bytes %2 to %3</source>
        <translation>缓存行 %1，第 %2 到 %3 字节</translation>
    </message>
    <message>
        <source>%1 writes, %2 up to here, %3 in this call or frame</source>
        <translation>写了 %1 次，到这里为止 %2 次，这次调用或这一帧里 %3 次</translation>
    </message>
    <message>
        <source>Say what to look for: a number, an address, a member&apos;s name, bytes.</source>
        <translation>说出要找什么：数字、地址、成员名或字节。</translation>
    </message>
    <message>
        <source>Before the = stands a member&apos;s name: sk_state = TCP_LISTEN.</source>
        <translation>= 前面写成员名：sk_state = TCP_LISTEN。</translation>
    </message>
    <message>
        <source>%1 stands nearly everywhere, and tells nothing: a number must have two digits, or a member&apos;s name before it, sk_state = %1.</source>
        <translation>%1 几乎到处都是，说明不了什么：数字至少要有两位，或者前面写上成员名，sk_state = %1。</translation>
    </message>
    <message>
        <source>%1 is no whole address.</source>
        <translation>%1 不是完整的地址。</translation>
    </message>
    <message>
        <source>A member&apos;s name has more letters than one.</source>
        <translation>成员名不止一个字母。</translation>
    </message>
    <message>
        <source>in the other byte order</source>
        <translation>字节序相反</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>第 %1 字节</translation>
    </message>
    <message>
        <source>and perhaps further on</source>
        <translation>后面可能还有</translation>
    </message>
    <message>
        <source>in network byte order</source>
        <translation>网络字节序</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 个成员</translation>
    </message>
    <message>
        <source>%1 members</source>
        <translation>%1 个成员</translation>
    </message>
    <message>
        <source>The kernel keeps these %1 members in other places; a reader thinks of them together.</source>
        <translation>内核把这 %1 个成员放在不同的地方；读的人把它们想在一起。</translation>
    </message>
    <message>
        <source>empty: socket() answers EAFNOSUPPORT</source>
        <translation>空着：socket() 返回 EAFNOSUPPORT</translation>
    </message>
    <message>
        <source>What inetsw is filled from</source>
        <translation>inetsw 由什么填成</translation>
    </message>
    <message>
        <source>An array of the kernel&apos;s image: inet_init() goes along it and puts each entry on the list of its type. Protocols that come later register themselves.</source>
        <translation>内核映像里的一个数组：inet_init() 逐项走过它，把每一项挂到自己类型的链表上。后来的协议自己注册。</translation>
    </message>
    <message>
        <source> (taken)</source>
        <translation>（走的是这里）</translation>
    </message>
    <message>
        <source>empty in all three</source>
        <translation>三张表里都空着</translation>
    </message>
    <message>
        <source>%1 only says no, in %2</source>
        <translation>%2 里的 %1 只是拒绝</translation>
    </message>
    <message>
        <source>what that says</source>
        <translation>说明了什么</translation>
    </message>
    <message>
        <source>%1 of %2 slots filled, %3 tables</source>
        <translation>%2 个表项里填了 %1 个，%3 张表</translation>
    </message>
    <message>
        <source>struct proto_ops side by side</source>
        <translation>并排的 struct proto_ops</translation>
    </message>
    <message>
        <source>The first hop: a call on a socket goes through socket-&gt;ops to the function that stands in its slot there, by the socket&apos;s type. sock_no_... are functions that only refuse.</source>
        <translation>第一跳：对套接字的调用经 socket-&gt;ops 走到那张表的表项里的函数，由套接字的类型决定。sock_no_... 这些函数只会拒绝。</translation>
    </message>
    <message>
        <source>struct proto side by side</source>
        <translation>并排的 struct proto</translation>
    </message>
    <message>
        <source>The second hop: what belongs to all sockets of AF_INET is done, and the protocol&apos;s own function is called through sock-&gt;sk_prot.</source>
        <translation>第二跳：AF_INET 套接字共同要做的已经做完，再经 sock-&gt;sk_prot 调用协议自己的函数。</translation>
    </message>
    <message>
        <source>no function</source>
        <translation>不是函数</translation>
    </message>
    <message>
        <source>Two hops: from proto_ops to proto</source>
        <translation>两跳：从 proto_ops 到 proto</translation>
    </message>
    <message>
        <source>Which function of struct proto the one in struct proto_ops goes on to. Where the socket&apos;s function does all that is to be done, there is no second hop.</source>
        <translation>struct proto_ops 里的函数接着走到 struct proto 的哪个函数。如果套接字层的函数已经把事情做完，就没有第二跳。</translation>
    </message>
    <message>
        <source>in proto_ops → in proto</source>
        <translation>proto_ops 里 → proto 里</translation>
    </message>
    <message>
        <source>%1 slots lead on</source>
        <translation>%1 个表项继续往下走</translation>
    </message>
    <message>
        <source>takes a number from above 0 to 50, not &apos;%1&apos;</source>
        <translation>需要大于 0、不超过 50 的数，不能是“%1”</translation>
    </message>
    <message>
        <source>--view VIEW is missing: what is to be seen</source>
        <translation>缺少 --view VIEW：要看哪个视图</translation>
    </message>
    <message>
        <source>say what to draw into with -o: an .mp4 or .gif file, or a folder</source>
        <translation>请用 -o 说明画到哪里：一个 .mp4 或 .gif 文件，或一个文件夹</translation>
    </message>
    <message>
        <source>film: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw</source>
        <translation>film：这个程序编译时没有带窗口（SOCKWALK_GUI=OFF），所以画不了</translation>
    </message>
    <message>
        <source>takes a .png, .svg or .pdf file to draw into, not &apos;%1&apos;</source>
        <translation>需要一个 .png、.svg 或 .pdf 文件来画，不能是“%1”</translation>
    </message>
    <message>
        <source>say what to draw into with -o, a .png, .svg or .pdf file</source>
        <translation>请用 -o 说明画到哪里，一个 .png、.svg 或 .pdf 文件</translation>
    </message>
    <message>
        <source>--scale is for a .png file; the others have no pixels</source>
        <translation>--scale 用于 .png 文件；其他格式没有像素</translation>
    </message>
    <message>
        <source>--whole is for a view; the window is what it is</source>
        <translation>--whole 用于视图；窗口本来就是那么大</translation>
    </message>
    <message>
        <source>the topic link wants a NAME: frame:38, byte:102, tcphdr.seq or tcp_output.cpp:120</source>
        <translation>link 主题需要一个 NAME：frame:38、byte:102、tcphdr.seq 或 tcp_output.cpp:120</translation>
    </message>
    <message>
        <source>compare wants an OTHER, or another moment: --with STEP</source>
        <translation>compare 要有 OTHER，或者另一刻：--with STEP</translation>
    </message>
    <message>
        <source>--with is for the topic compare</source>
        <translation>--with 用于 compare 这个主题</translation>
    </message>
    <message>
        <source>--groups is for the topic structures and a NAME</source>
        <translation>--groups 用于 structures 这个主题，并要给出 NAME</translation>
    </message>
    <message>
        <source>--all is for the topic compare</source>
        <translation>--all 用于 compare 这个主题</translation>
    </message>
    <message>
        <source>These are the first %1 places; there may be more.</source>
        <translation>这是前 %1 处；可能还有更多。</translation>
    </message>
    <message>
        <source>Nothing that lives at this moment holds %1.</source>
        <translation>此刻存活的东西里没有谁存着 %1。</translation>
    </message>
    <message>
        <source>&apos;key: value&apos; was expected here</source>
        <translation>这里应是 &apos;key: value&apos;</translation>
    </message>
    <message>
        <source>a line for each key</source>
        <translation>每个键占一行</translation>
    </message>
    <message>
        <source>this is not YAML: %1</source>
        <translation>这不是 YAML：%1</translation>
    </message>
    <message>
        <source>what begins with {{ stands in quotation marks: &quot;{{...}}&quot;</source>
        <translation>以 {{ 开头的要放进引号：&quot;{{...}}&quot;</translation>
    </message>
    <message>
        <source>put words with &apos;:&apos;, &apos;#&apos; or brackets in quotation marks</source>
        <translation>带 &apos;:&apos;、&apos;#&apos; 或括号的文字要放进引号</translation>
    </message>
    <message>
        <source>a key is a word</source>
        <translation>键是一个词</translation>
    </message>
    <message>
        <source>write &apos;key: value&apos;</source>
        <translation>写成 &apos;key: value&apos;</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; stands twice here</source>
        <translation>&apos;%1:&apos; 在这里出现了两次</translation>
    </message>
    <message>
        <source>leave one of them out</source>
        <translation>去掉其中一个</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; means nothing in a block &apos;%2&apos;</source>
        <translation>&apos;%1:&apos; 在 &apos;%2&apos; 块里没有含义</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; refers to what stands elsewhere</source>
        <translation>&apos;%1:&apos; 引用了别处的内容</translation>
    </message>
    <message>
        <source>write it out here</source>
        <translation>在这里写全</translation>
    </message>
    <message>
        <source>for example &apos;%1: %2&apos;</source>
        <translation>例如 &apos;%1: %2&apos;</translation>
    </message>
    <message>
        <source>nothing stands behind &apos;%1:&apos;</source>
        <translation>&apos;%1:&apos; 后面什么也没有</translation>
    </message>
    <message>
        <source>one value was expected behind &apos;%1:&apos;</source>
        <translation>&apos;%1:&apos; 后面应是一个值</translation>
    </message>
    <message>
        <source>pairs were expected behind &apos;%1:&apos;</source>
        <translation>&apos;%1:&apos; 后面应是成对的值</translation>
    </message>
    <message>
        <source>a block &apos;%1&apos; needs &apos;%2:&apos;</source>
        <translation>&apos;%1&apos; 块需要 &apos;%2:&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number from 0 to 10000</source>
        <translation>&apos;%1&apos; 不是 0 到 10000 的数</translation>
    </message>
    <message>
        <source>write it in digits</source>
        <translation>用数字写</translation>
    </message>
    <message>
        <source>there is nothing to compute here</source>
        <translation>这里没有要计算的</translation>
    </message>
    <message>
        <source>this formula is too long</source>
        <translation>这个公式太长</translation>
    </message>
    <message>
        <source>ask for one thing at a time</source>
        <translation>一次只问一件事</translation>
    </message>
    <message>
        <source>for example %1</source>
        <translation>例如 %1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is nothing that can be computed</source>
        <translation>&apos;%1&apos; 无法计算</translation>
    </message>
    <message>
        <source>nothing that this kernel does is called &apos;%1&apos;</source>
        <translation>这个内核做的事里没有叫 &apos;%1&apos; 的</translation>
    </message>
    <message>
        <source>&apos;result&apos; takes the name of a case</source>
        <translation>&apos;result&apos; 后面是 case 的名字</translation>
    </message>
    <message>
        <source>&apos;object&apos; takes a type of the kernel</source>
        <translation>&apos;object&apos; 后面是内核的类型</translation>
    </message>
    <message>
        <source>of a frame its verdict or its function is asked</source>
        <translation>对帧可以问它的 verdict 或 function</translation>
    </message>
    <message>
        <source>this kernel has no function &apos;%1&apos;</source>
        <translation>这个内核没有函数 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>a buffer has no &apos;%1&apos;</source>
        <translation>缓冲区没有 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>the kernel has no structure &apos;%1&apos; here</source>
        <translation>内核没有结构体 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no member &apos;%2&apos;</source>
        <translation>&apos;%1&apos; 没有成员 &apos;%2&apos;</translation>
    </message>
    <message>
        <source>how often something happens</source>
        <translation>某件事发生了几次</translation>
    </message>
    <message>
        <source>why a packet is dropped</source>
        <translation>数据包为什么丢弃</translation>
    </message>
    <message>
        <source>what a case gives back</source>
        <translation>一个 case 返回什么</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is before the stop before it</source>
        <translation>&apos;%1&apos; 在上一停之前</translation>
    </message>
    <message>
        <source>put the stops in the order of the walk</source>
        <translation>按走查的顺序排列各停</translation>
    </message>
    <message>
        <source>stops are looked for from the one before; &apos;sockwalk print&apos; shows what happens</source>
        <translation>各停从上一停往后找；&apos;sockwalk print&apos; 显示发生了什么</translation>
    </message>
    <message>
        <source>name a call of the script with //@case NAME</source>
        <translation>用 //@case NAME 给脚本里的调用起名</translation>
    </message>
    <message>
        <source>a condition is, for example, %1</source>
        <translation>条件例如 %1</translation>
    </message>
    <message>
        <source>no %1 is alive at this stop</source>
        <translation>这一停没有 %1</translation>
    </message>
    <message>
        <source>look at another object, or stop elsewhere</source>
        <translation>看别的对象，或停在别处</translation>
    </message>
    <message>
        <source>it is asked where the stop or &apos;when:&apos; is</source>
        <translation>问的是这一停或 &apos;when:&apos; 所在的时刻</translation>
    </message>
    <message>
        <source>ask for what happens after the stop</source>
        <translation>问这一停之后发生的事</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is expected, and the engine says &apos;%2&apos;</source>
        <translation>期望是 &apos;%1&apos;，而引擎说 &apos;%2&apos;</translation>
    </message>
    <message>
        <source>look at &apos;answer:&apos; and &apos;when:&apos;</source>
        <translation>看看 &apos;answer:&apos; 和 &apos;when:&apos;</translation>
    </message>
    <message>
        <source>the engine says &apos;%1&apos;, and %2 choices mean that</source>
        <translation>引擎说 &apos;%1&apos;，有 %2 个选项都是这个意思</translation>
    </message>
    <message>
        <source>the engine says &apos;%1&apos;, and no choice does</source>
        <translation>引擎说 &apos;%1&apos;，没有一个选项是它</translation>
    </message>
    <message>
        <source>one of the choices is what the engine says</source>
        <translation>选项中要有一个是引擎的回答</translation>
    </message>
    <message>
        <source>&apos;%1&apos; stands twice among the calls</source>
        <translation>&apos;%1&apos; 在调用中出现了两次</translation>
    </message>
    <message>
        <source>name each call once</source>
        <translation>每个调用只写一次</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is called wrong, and the engine says &apos;%2&apos;</source>
        <translation>&apos;%1&apos; 说成是错的，而引擎说 &apos;%2&apos;</translation>
    </message>
    <message>
        <source>explain answers that are wrong</source>
        <translation>只解释错误的答案</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is none of the choices</source>
        <translation>&apos;%1&apos; 不在选项中</translation>
    </message>
    <message>
        <source>explain what can be chosen</source>
        <translation>解释能选到的答案</translation>
    </message>
    <message>
        <source>the text says &apos;%1&apos;, which is asked in line %2</source>
        <translation>文字里说了 &apos;%1&apos;，而第 %2 行正在问它</translation>
    </message>
    <message>
        <source>say it in &apos;because:&apos;, or ask for it at another stop</source>
        <translation>放到 &apos;because:&apos; 里说，或在另一停问</translation>
    </message>
    <message>
        <source>the heading says &apos;%1&apos;, which is asked in line %2</source>
        <translation>标题里说了 &apos;%1&apos;，而第 %2 行正在问它</translation>
    </message>
    <message>
        <source>name the stop otherwise</source>
        <translation>给这一停换个名字</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; says &apos;%2&apos;, which is what is asked</source>
        <translation>&apos;%1:&apos; 说了 &apos;%2&apos;，而问的正是它</translation>
    </message>
    <message>
        <source>say it in &apos;because:&apos;</source>
        <translation>放到 &apos;because:&apos; 里说</translation>
    </message>
    <message>
        <source>the lab&apos;s start is a script that runs</source>
        <translation>实验的起点要是能运行的脚本</translation>
    </message>
    <message>
        <source>the solution is a script that runs</source>
        <translation>答案要是能运行的脚本</translation>
    </message>
    <message>
        <source>the solution does not reach this goal on the way</source>
        <translation>答案没有达到这个中间目标</translation>
    </message>
    <message>
        <source>the engine says so: change one of the two</source>
        <translation>这是引擎说的：两者改一个</translation>
    </message>
    <message>
        <source>the solution does not reach the goal</source>
        <translation>答案没有达到目标</translation>
    </message>
    <message>
        <source>the goal is reached before anything is done</source>
        <translation>什么也没做，目标就已达到</translation>
    </message>
    <message>
        <source>ask for something that the start does not do</source>
        <translation>要求起点没有做到的事</translation>
    </message>
    <message>
        <source>a goal is, for example, %1</source>
        <translation>目标例如 %1</translation>
    </message>
    <message>
        <source>there is no lesson &apos;%1&apos;</source>
        <translation>没有课 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>the scenario must run as it says</source>
        <translation>场景必须照它说的运行</translation>
    </message>
    <message>
        <source>lesson.md</source>
        <translation>lesson.zh.md</translation>
    </message>
    <message>
        <source>what the lesson is called</source>
        <translation>课的名字</translation>
    </message>
    <message>
        <source>the script or capture that it walks through, beside the lesson</source>
        <translation>课要走查的脚本或抓包，放在课的旁边</translation>
    </message>
    <message>
        <source>of a capture: the address of the host to be</source>
        <translation>抓包：当哪台主机，写它的地址</translation>
    </message>
    <message>
        <source>how long it takes</source>
        <translation>需要多少分钟</translation>
    </message>
    <message>
        <source>for whom it is</source>
        <translation>给谁看</translation>
    </message>
    <message>
        <source>lessons that come before it, by their folders</source>
        <translation>要先学的课，写它们的文件夹</translation>
    </message>
    <message>
        <source>what a person can do afterwards</source>
        <translation>学完之后会做什么</translation>
    </message>
    <message>
        <source>what is said at its end</source>
        <translation>结束时说的话</translation>
    </message>
    <message>
        <source>the lesson that follows, by its folder</source>
        <translation>下一课，写它的文件夹</translation>
    </message>
    <message>
        <source>what the block is called; stop-1, stop-2 ... without it</source>
        <translation>块的名字；不写就是 stop-1、stop-2……</translation>
    </message>
    <message>
        <source>where the walk goes, looked for forward from the stop before</source>
        <translation>走到哪里，从上一停往后找</translation>
    </message>
    <message>
        <source>the same by a condition that begins to hold</source>
        <translation>同上，用一个开始成立的条件</translation>
    </message>
    <message>
        <source>the object that is looked at, the newest of its type or that very one</source>
        <translation>看哪个对象：这个类型最新的，或指定的那一个</translation>
    </message>
    <message>
        <source>a picture beside the lesson, shown above the text</source>
        <translation>课旁边的图片，显示在正文上方</translation>
    </message>
    <message>
        <source>what the block is called; predict-3.1 without it, of the third stop</source>
        <translation>块的名字；不写，第三停的就是 predict-3.1</translation>
    </message>
    <message>
        <source>how it is answered; choose where there are choices, number without</source>
        <translation>怎样回答；有 choices 就是 choose，否则是 number</translation>
    </message>
    <message>
        <source>the question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>choose: what there is to choose from; the engine&apos;s answer is one of them</source>
        <translation>choose：有哪些选项；其中一个是引擎的回答</translation>
    </message>
    <message>
        <source>said to the right answer</source>
        <translation>对正确答案说的话</translation>
    </message>
    <message>
        <source>shown on request</source>
        <translation>要时才显示</translation>
    </message>
    <message>
        <source>after so many the walk shows it; 3 without it, 0: as many as one likes</source>
        <translation>这么多次之后由走查揭晓；不写是 3，0 表示不限</translation>
    </message>
    <message>
        <source>what the right answer is worth; 1 without it</source>
        <translation>正确答案值几分；不写是 1</translation>
    </message>
    <message>
        <source>what the block is called</source>
        <translation>块的名字</translation>
    </message>
    <message>
        <source>what is to be brought about</source>
        <translation>要造出什么</translation>
    </message>
    <message>
        <source>the script with which one begins; the lesson&apos;s own without it</source>
        <translation>从哪个脚本开始；不写就用课自己的</translation>
    </message>
    <message>
        <source>what the record must show</source>
        <translation>记录必须显示什么</translation>
    </message>
    <message>
        <source>goals on the way</source>
        <translation>中间目标</translation>
    </message>
    <message>
        <source>what it is worth; 1 without it</source>
        <translation>值几分；不写是 1</translation>
    </message>
    <message>
        <source>no function of this kernel notes &apos;%1&apos;</source>
        <translation>这个内核没有函数记下 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;event %1&apos; is no place</source>
        <translation>&apos;event %1&apos; 不是位置</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number of a frame</source>
        <translation>&apos;%1&apos; 不是帧的编号</translation>
    </message>
    <message>
        <source>frames are counted from 1</source>
        <translation>帧从 1 数起</translation>
    </message>
    <message>
        <source>no structure has &apos;%1&apos;</source>
        <translation>没有结构体有 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>for example &apos;write sock.sk_rcvbuf&apos;</source>
        <translation>例如 &apos;write sock.sk_rcvbuf&apos;</translation>
    </message>
    <message>
        <source>too much is said behind &apos;%1 %2&apos;</source>
        <translation>&apos;%1 %2&apos; 后面写得太多</translation>
    </message>
    <message>
        <source>behind a call, return, note or event may stand which one, counted from 1</source>
        <translation>call、return、note、event 后面可以写第几个，从 1 数起</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no place</source>
        <translation>&apos;%1&apos; 不是位置</translation>
    </message>
    <message>
        <source>a place is %1</source>
        <translation>位置是 %1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; takes no name</source>
        <translation>&apos;%1&apos; 不带名字</translation>
    </message>
    <message>
        <source>write &apos;%1&apos; alone</source>
        <translation>只写 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; needs a name</source>
        <translation>&apos;%1&apos; 需要一个名字</translation>
    </message>
    <message>
        <source>a lesson begins with a head between two lines &apos;---&apos;</source>
        <translation>一课以两行 &apos;---&apos; 之间的头部开始</translation>
    </message>
    <message>
        <source>its first line is ---, then &apos;title: ...&apos;</source>
        <translation>第一行是 ---，然后是 &apos;title: ...&apos;</translation>
    </message>
    <message>
        <source>the head is not closed</source>
        <translation>头部没有结束</translation>
    </message>
    <message>
        <source>close it with a line ---</source>
        <translation>用一行 --- 结束它</translation>
    </message>
    <message>
        <source>two blocks have the id &apos;%1&apos;</source>
        <translation>有两个块的 id 是 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>an id names one block</source>
        <translation>一个 id 只属于一个块</translation>
    </message>
    <message>
        <source>nothing is computed in these words</source>
        <translation>这些文字里不做计算</translation>
    </message>
    <message>
        <source>say it in a stop&apos;s text</source>
        <translation>放到一停的正文里说</translation>
    </message>
    <message>
        <source>what a lesson names lies in its folder</source>
        <translation>一课用到的文件放在它的文件夹里</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is nothing that may stand behind &apos;%2:&apos;</source>
        <translation>&apos;%1&apos; 不能写在 &apos;%2:&apos; 后面</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name of a lesson</source>
        <translation>&apos;%1&apos; 不是课的名字</translation>
    </message>
    <message>
        <source>a lesson is named by its folder: 03-socket</source>
        <translation>用文件夹名指一课：03-socket</translation>
    </message>
    <message>
        <source>this stop has two blocks &apos;stop&apos;</source>
        <translation>这一停有两个 &apos;stop&apos; 块</translation>
    </message>
    <message>
        <source>a heading begins another stop</source>
        <translation>用标题开始另一停</translation>
    </message>
    <message>
        <source>the stop &apos;%1&apos; has no block &apos;stop&apos;</source>
        <translation>停 &apos;%1&apos; 没有 &apos;stop&apos; 块</translation>
    </message>
    <message>
        <source>say behind the heading where it is: ```stop, &apos;at: call inet_create&apos;, ```</source>
        <translation>在标题后面说它在哪里：```stop、&apos;at: call inet_create&apos;、```</translation>
    </message>
    <message>
        <source>a stop is &apos;at:&apos; a place or &apos;until:&apos; a condition</source>
        <translation>一停要有 &apos;at:&apos; 位置或 &apos;until:&apos; 条件</translation>
    </message>
    <message>
        <source>write one of the two</source>
        <translation>两者写一个</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no object of the kernel</source>
        <translation>&apos;%1&apos; 不是内核的对象</translation>
    </message>
    <message>
        <source>for example &apos;%1&apos;</source>
        <translation>例如 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is nothing that can be pointed at</source>
        <translation>&apos;%1&apos; 指不了</translation>
    </message>
    <message>
        <source>a prediction of the kind &apos;%1&apos; needs &apos;%2:&apos;</source>
        <translation>&apos;%1&apos; 类的预测需要 &apos;%2:&apos;</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; means nothing in a prediction of the kind &apos;%2&apos;</source>
        <translation>&apos;%1:&apos; 在 &apos;%2&apos; 类的预测里没有含义</translation>
    </message>
    <message>
        <source>leave it out</source>
        <translation>去掉它</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is nothing that can be clicked</source>
        <translation>&apos;%1&apos; 点不了</translation>
    </message>
    <message>
        <source>one alone is no question</source>
        <translation>只有一个不成问题</translation>
    </message>
    <message>
        <source>give &apos;%1:&apos; two or more</source>
        <translation>给 &apos;%1:&apos; 两个或更多</translation>
    </message>
    <message>
        <source>lesson.md has %1 stops, and this file %2</source>
        <translation>lesson.md 有 %1 停，这个文件有 %2 停</translation>
    </message>
    <message>
        <source>both have the same stops in the same order</source>
        <translation>两者的停要相同，顺序也相同</translation>
    </message>
    <message>
        <source>lesson.md has no block &apos;%1&apos; here</source>
        <translation>lesson.md 在这里没有块 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>leave it out, or add it to lesson.md</source>
        <translation>去掉它，或加到 lesson.md 里</translation>
    </message>
    <message>
        <source>the block &apos;%1&apos; of lesson.md is missing here</source>
        <translation>这里缺 lesson.md 的块 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>translate it, too</source>
        <translation>把它也翻译出来</translation>
    </message>
    <message>
        <source>this is &apos;%1&apos; where lesson.md has &apos;%2&apos;</source>
        <translation>这里是 &apos;%1&apos;，而 lesson.md 是 &apos;%2&apos;</translation>
    </message>
    <message>
        <source>both have the same blocks with the same ids, in the same order</source>
        <translation>两者的块、id 和顺序要相同</translation>
    </message>
    <message>
        <source>lesson.md has no &apos;%1:&apos; in this block</source>
        <translation>lesson.md 的这个块没有 &apos;%1:&apos;</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; has another number of items than in lesson.md</source>
        <translation>&apos;%1:&apos; 的项数与 lesson.md 不同</translation>
    </message>
    <message>
        <source>translate each of them</source>
        <translation>每一项都要翻译</translation>
    </message>
    <message>
        <source>lesson.md has &apos;%1&apos; here</source>
        <translation>lesson.md 在这里是 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>the answer stays as it is; its words are translated</source>
        <translation>答案保持原样；翻译的是对它说的话</translation>
    </message>
    <message>
        <source>the words behind &apos;%1:&apos; are missing</source>
        <translation>缺 &apos;%1:&apos; 后面的文字</translation>
    </message>
    <message>
        <source>translate them from line %1 of lesson.md</source>
        <translation>从 lesson.md 第 %1 行翻译</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; is another than in lesson.md</source>
        <translation>&apos;%1:&apos; 与 lesson.md 不同</translation>
    </message>
    <message>
        <source>leave it out here: it stands in lesson.md</source>
        <translation>这里去掉：它在 lesson.md 里</translation>
    </message>
    <message>
        <source>&apos;{{&apos; is not closed on its line</source>
        <translation>&apos;{{&apos; 在这一行没有结束</translation>
    </message>
    <message>
        <source>close it with }}; a brace of its own is \{{</source>
        <translation>用 }} 结束；花括号本身写成 \{{</translation>
    </message>
    <message>
        <source>a picture lies in the lesson&apos;s folder</source>
        <translation>图片放在课的文件夹里</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no link that a reader may follow</source>
        <translation>&apos;%1&apos; 不是读者可以打开的链接</translation>
    </message>
    <message>
        <source>a link begins with https://</source>
        <translation>链接以 https:// 开头</translation>
    </message>
    <message>
        <source>HTML is not shown</source>
        <translation>HTML 不显示</translation>
    </message>
    <message>
        <source>say it in Markdown; a &lt; of its own is written \&lt;</source>
        <translation>用 Markdown 写；&lt; 本身写成 \&lt;</translation>
    </message>
    <message>
        <source>a lesson needs at least one stop</source>
        <translation>一课至少要有一停</translation>
    </message>
    <message>
        <source>a heading begins one: # ...</source>
        <translation>用标题开始一停：# ...</translation>
    </message>
    <message>
        <source>a heading has no words</source>
        <translation>标题里没有文字</translation>
    </message>
    <message>
        <source>a stop is named by its heading</source>
        <translation>一停以标题为名</translation>
    </message>
    <message>
        <source>there is no block &apos;%1&apos;</source>
        <translation>没有块 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>a block &apos;%1&apos; stands in a list or a quotation</source>
        <translation>块 &apos;%1&apos; 在列表或引用里</translation>
    </message>
    <message>
        <source>begin it at the margin, with an empty line before it</source>
        <translation>顶格写，前面空一行</translation>
    </message>
    <message>
        <source>a block &apos;%1&apos; stands before the first heading</source>
        <translation>块 &apos;%1&apos; 在第一个标题之前</translation>
    </message>
    <message>
        <source>a heading begins a stop: # ...</source>
        <translation>用标题开始一停：# ...</translation>
    </message>
    <message>
        <source>this block &apos;%1&apos; is not closed</source>
        <translation>这个块 &apos;%1&apos; 没有结束</translation>
    </message>
    <message>
        <source>close it with a line ```</source>
        <translation>用一行 ``` 结束它</translation>
    </message>
    <message>
        <source>text stands before the first heading</source>
        <translation>第一个标题之前有文字</translation>
    </message>
    <message>
        <source>did you mean %1?</source>
        <translation>是不是 %1？</translation>
    </message>
    <message>
        <source>there are %1</source>
        <translation>有 %1</translation>
    </message>
    <message>
        <source>save it as UTF-8</source>
        <translation>存成 UTF-8</translation>
    </message>
    <message>
        <source>this is UTF-16</source>
        <translation>这是 UTF-16</translation>
    </message>
    <message>
        <source>a byte 0 stands here, so this is no text</source>
        <translation>这里有字节 0，所以这不是文本</translation>
    </message>
    <message>
        <source>write the lesson as text</source>
        <translation>课要写成文本</translation>
    </message>
    <message>
        <source>this is not UTF-8 but, as it seems, GB18030</source>
        <translation>这不是 UTF-8，看来是 GB18030</translation>
    </message>
    <message>
        <source>save it as UTF-8: iconv -f GB18030 -t UTF-8</source>
        <translation>存成 UTF-8：iconv -f GB18030 -t UTF-8</translation>
    </message>
    <message>
        <source>this is not UTF-8</source>
        <translation>这不是 UTF-8</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>a lesson is a folder with a file lesson.md</source>
        <translation>一课是带有 lesson.md 的文件夹</translation>
    </message>
    <message>
        <source>it is larger than 1 MiB</source>
        <translation>它大于 1 MiB</translation>
    </message>
    <message>
        <source>cut it into several lessons</source>
        <translation>把它分成几课</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>look at its permissions</source>
        <translation>看看它的权限</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name of a file</source>
        <translation>&apos;%1&apos; 不是文件名</translation>
    </message>
    <message>
        <source>&apos;%1&apos; leads out of the lesson&apos;s folder</source>
        <translation>&apos;%1&apos; 通到课的文件夹之外</translation>
    </message>
    <message>
        <source>there is no file &apos;%1&apos; beside the lesson</source>
        <translation>课的旁边没有文件 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a link that leads out of the lesson&apos;s folder</source>
        <translation>&apos;%1&apos; 是通到课的文件夹之外的链接</translation>
    </message>
    <message>
        <source>nothing is wrong</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>name a folder with a lesson</source>
        <translation>给出一课所在的文件夹</translation>
    </message>
    <message>
        <source>one lesson is made at a time</source>
        <translation>一次只新建一课</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is answered in the picture and is left out</source>
        <translation>“%1”要在图上作答，未导出</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a lab, which the engine checks, and is left out</source>
        <translation>“%1”是实验，由引擎检查，未导出</translation>
    </message>
    <message>
        <source>say with -o which file to write</source>
        <translation>用 -o 说明写到哪个文件</translation>
    </message>
    <message>
        <source>Birth of %1 in %2(): %3 of %4 parts are there</source>
        <translation>%1 在 %2() 中诞生：%4 个部分已有 %3 个</translation>
    </message>
    <message>
        <source>It was there before</source>
        <translation>先前就在</translation>
    </message>
    <message>
        <source>Born at %1, by %2()</source>
        <translation>%1 诞生，由 %2() 造出</translation>
    </message>
    <message>
        <source>Not born yet: at %1, by %2()</source>
        <translation>还没诞生：%1，由 %2() 造出</translation>
    </message>
    <message>
        <source>Born at %1, by %2(), for %3()</source>
        <translation>%1 诞生，由 %2() 为 %3() 造出</translation>
    </message>
    <message>
        <source>Not born yet: at %1, by %2(), for %3()</source>
        <translation>还没诞生：%1，由 %2() 为 %3() 造出</translation>
    </message>
    <message>
        <source>%1 of %2 points at %3, by %4()</source>
        <translation>%2 的 %1 指向 %3，由 %4() 写入</translation>
    </message>
    <message>
        <source>frame on %1</source>
        <translation>%1 上的帧</translation>
    </message>
    <message>
        <source>packet on %1</source>
        <translation>%1 上的包</translation>
    </message>
    <message>
        <source>%1 frames on %2</source>
        <translation>%2 上的 %1 个帧</translation>
    </message>
    <message>
        <source>%1 packets on %2</source>
        <translation>%2 上的 %1 个包</translation>
    </message>
    <message>
        <source>more than here</source>
        <translation>比这里多</translation>
    </message>
    <message>
        <source>less than here</source>
        <translation>比这里少</translation>
    </message>
    <message>
        <source>the same as here</source>
        <translation>与这里一样</translation>
    </message>
    <message>
        <source>%1 here, %2 in the other run</source>
        <translation>这里 %1，另一次运行 %2</translation>
    </message>
    <message>
        <source>what waits there is asked for: %1</source>
        <translation>里面有什么，正是要回答的：%1</translation>
    </message>
    <message>
        <source>&apos;seed&apos; takes the name of a number</source>
        <translation>&apos;seed&apos; 后面是一个数字的名字</translation>
    </message>
    <message>
        <source>Number them in the order in which they come.</source>
        <translation>按它们出现的先后顺序编号。</translation>
    </message>
    <message>
        <source>In the program this is answered in the picture or by a call; here, say it in words.</source>
        <translation>在程序里，这一题在图中或用一次调用来回答；在这里，请用文字说明。</translation>
    </message>
    <message>
        <source>Write to each what belongs to it.</source>
        <translation>给每一项写上与它对应的值。</translation>
    </message>
    <message>
        <source>for beginners</source>
        <translation>适合初学者</translation>
    </message>
    <message>
        <source>for whoever knows the basics</source>
        <translation>适合已了解基础的人</translation>
    </message>
    <message>
        <source>for the advanced</source>
        <translation>适合进阶者</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>a call is made between two: stop, or say &apos;when:&apos;, at &apos;stimulus CASE&apos; or &apos;end CASE&apos;</source>
        <translation>调用只能发生在两个调用之间：停在 &apos;stimulus CASE&apos; 或 &apos;end CASE&apos;，或者用 &apos;when:&apos; 这样写</translation>
    </message>
    <message>
        <source>the solution is a call that is made</source>
        <translation>solution 是一个能够执行的调用</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is called wrong, and the solution brings it about</source>
        <translation>&apos;%1&apos; 被说成是错的，而 solution 正好造成它</translation>
    </message>
    <message>
        <source>ask for something that only the call does</source>
        <translation>问只有这个调用才会造成的事</translation>
    </message>
    <message>
        <source>the walk makes this very call, so that it stands in its list</source>
        <translation>行走里正好有这个调用，所以它就列在那里</translation>
    </message>
    <message>
        <source>ask for a call that the scenario does not make</source>
        <translation>问一个脚本里没有的调用</translation>
    </message>
    <message>
        <source>&apos;%1&apos; says of no pointer where it stands</source>
        <translation>&apos;%1&apos; 没有说哪个指针在哪里</translation>
    </message>
    <message>
        <source>look at &apos;pointers:&apos; and &apos;when:&apos;</source>
        <translation>看看 &apos;pointers:&apos; 和 &apos;when:&apos;</translation>
    </message>
    <message>
        <source>the pointers stand there at this stop already, for all to see</source>
        <translation>指针在这一停就已经在那里，谁都看得见</translation>
    </message>
    <message>
        <source>ask with &apos;when:&apos; where they will stand</source>
        <translation>用 &apos;when:&apos; 问它们以后会在哪里</translation>
    </message>
    <message>
        <source>with %1: %2</source>
        <translation>用 %1 时：%2</translation>
    </message>
    <message>
        <source>no number &apos;%1&apos; is drawn here</source>
        <translation>这里没有抽出数字 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>nothing in this lab says {{seed %1}}</source>
        <translation>这个实验里没有地方用到 {{seed %1}}</translation>
    </message>
    <message>
        <source>say it in its task, its goals or its files, or leave it out</source>
        <translation>写进任务、目标或文件里，或者去掉它</translation>
    </message>
    <message>
        <source>draw it: &apos;seed: {%1: 20000..29999}&apos;</source>
        <translation>抽出它：&apos;seed: {%1: 20000..29999}&apos;</translation>
    </message>
    <message>
        <source>a solution is made of what may be used, and of lines that can be done</source>
        <translation>答案只能用允许的手段，每一行都要做得到</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name of a number</source>
        <translation>&apos;%1&apos; 不是数字的名字</translation>
    </message>
    <message>
        <source>letters, digits and _: port</source>
        <translation>字母、数字和 _：port</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no range of numbers</source>
        <translation>&apos;%1&apos; 不是数字范围</translation>
    </message>
    <message>
        <source>from &apos;%1&apos; nothing can be drawn</source>
        <translation>从 &apos;%1&apos; 里抽不出数字</translation>
    </message>
    <message>
        <source>the second number is the larger one</source>
        <translation>第二个数字是较大的那个</translation>
    </message>
    <message>
        <source>This lab is done with a script alone: nothing is typed.</source>
        <translation>这个实验只用脚本：不键入任何东西。</translation>
    </message>
    <message>
        <source>This lab is done without the wire: nothing is sent by hand, and nothing gets lost.</source>
        <translation>这个实验不碰线路：不手工发包，也不丢包。</translation>
    </message>
    <message>
        <source>This lab is done on the wire alone: by packets that arrive, &apos;&lt; S 0:0(0) win 1000&apos;, and by the command wire.</source>
        <translation>这个实验只用线路：到达的包，如 &apos;&lt; S 0:0(0) win 1000&apos;，以及 wire 命令。</translation>
    </message>
    <message>
        <source>point at what there is at this stop</source>
        <translation>请指向这一停有的东西</translation>
    </message>
    <message>
        <source>&apos;seed:&apos; of a lab draws numbers, and they are said in that lab only</source>
        <translation>数字由实验的 &apos;seed:&apos; 抽出，只能在那个实验里用</translation>
    </message>
    <message>
        <source>say &apos;when:&apos; at a moment at which there is one</source>
        <translation>用 &apos;when:&apos; 指到有缓冲区的时刻</translation>
    </message>
    <message>
        <source>the other run must go as it says, and to its end</source>
        <translation>另一次运行必须照所写的一直走到结尾</translation>
    </message>
    <message>
        <source>ask for what both runs have</source>
        <translation>问两次运行都有的东西</translation>
    </message>
    <message>
        <source>From the template to a lesson</source>
        <translation>从模板到一课</translation>
    </message>
    <message>
        <source>A lesson is a folder: lesson.md has its words, lesson.zh.md the same in Chinese, and beside them lie the script (.pkt) or the capture that it walks through, and pictures. Begin with the template, which works, and change one thing after another: the window reads the lesson again whenever you save it.</source>
        <translation>一课就是一个文件夹：lesson.md 是正文，lesson.zh.md 是同样内容的中文，旁边放着要走一遍的脚本（.pkt）或抓包，还有图片。从模板开始，它本来就能用；一处一处地改，每次保存，窗口都会重新读取这一课。</translation>
    </message>
    <message>
        <source>writes the template into a folder</source>
        <translation>把模板写进一个文件夹</translation>
    </message>
    <message>
        <source>opens it in the window; it is read again when a file of it is saved</source>
        <translation>在窗口中打开；保存其中任何文件后会重新读取</translation>
    </message>
    <message>
        <source>plays it and says what is wrong: file, line, column, and what to do</source>
        <translation>播放一遍，指出哪里不对：文件、行、列，以及怎么改</translation>
    </message>
    <message>
        <source>the functions that the //@case make calls, to choose stops from</source>
        <translation>//@case make 调用了哪些函数，从中选停靠的地方</translation>
    </message>
    <message>
        <source>makes one file of it, that opens anywhere</source>
        <translation>打包成一个文件，在哪里都能打开</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>lesson.md is Markdown with a head. Each heading of the first rank (#) begins a stop; under it stands one block stop, then its text, then what is asked. A block is a fence with a key and a value on each line (YAML): put a value with &apos;:&apos; or &apos;#&apos; in it in quotation marks. Never write down what the engine knows: between two braces it says it itself.</source>
        <translation>lesson.md 是带文件头的 Markdown。每个一级标题（#）开始一停；标题下先放一个 stop 块，再写正文，最后提问。块是一段围栏，每行一个键和一个值（YAML）：值里有 &apos;:&apos; 或 &apos;#&apos; 时放进引号。引擎知道的东西不要自己写：放在双花括号里，由引擎来说。</translation>
    </message>
    <message>
        <source>a heading begins a stop</source>
        <translation>标题开始一停</translation>
    </message>
    <message>
        <source>computed where it stands, so that it cannot be wrong</source>
        <translation>就地计算，所以不会写错</translation>
    </message>
    <message>
        <source>has the same stops and blocks in the same order, with the keys that are words; the rest is taken from lesson.md; delete it if your lesson is in one language</source>
        <translation>停和块的顺序与 lesson.md 相同，只写那些是文字的键，其余取自 lesson.md；只用一种语言时删掉它</translation>
    </message>
    <message>
        <source>The head of the file</source>
        <translation>文件头</translation>
    </message>
    <message>
        <source>A stop: where the walk goes, and what is shown</source>
        <translation>一停：走到哪里，显示什么</translation>
    </message>
    <message>
        <source>A question: its answer is covered everywhere until it is given</source>
        <translation>一个问题：回答之前，答案处处都盖住</translation>
    </message>
    <message>
        <source>A lab: something to bring about, checked by the engine</source>
        <translation>一个实验：要做成一件事，由引擎检查</translation>
    </message>
    <message>
        <source>%1; it is needed</source>
        <translation>%1；必须写</translation>
    </message>
    <message>
        <source>Behind at: and when:, a place</source>
        <translation>at: 和 when: 后面：一个位置</translation>
    </message>
    <message>
        <source>It is looked for forward from the stop before, or from the stop itself.</source>
        <translation>从上一停（when: 则从这一停）起往前找。</translation>
    </message>
    <message>
        <source>a function is entered; with a number behind it, the so manieth time</source>
        <translation>进入一个函数；后面带数字则是第几次</translation>
    </message>
    <message>
        <source>it returns</source>
        <translation>它返回</translation>
    </message>
    <message>
        <source>the kernel&apos;s function says so of itself</source>
        <translation>内核函数自己这样说</translation>
    </message>
    <message>
        <source>somebody writes that member</source>
        <translation>有人写这个成员</translation>
    </message>
    <message>
        <source>of a capture: it arrives, or our kernel sends what the captured host sent</source>
        <translation>抓包里的帧：它到达，或者我们的内核发出了被抓主机发的那一帧</translation>
    </message>
    <message>
        <source>the beginning; end: the end</source>
        <translation>开头；end：结尾</translation>
    </message>
    <message>
        <source>Behind answer: and between {{ and }}, what the engine is asked</source>
        <translation>answer: 后面和 {{ 与 }} 之间：问引擎什么</translation>
    </message>
    <message>
        <source>a member of the newest object of a type; tcp_sock#2.sk_state: of the second</source>
        <translation>这种类型里最新那个对象的成员；tcp_sock#2.sk_state：第二个的</translation>
    </message>
    <message>
        <source>a size; offsetof(struct sock, sk_rcvbuf): where a member lies</source>
        <translation>大小；offsetof(struct sock, sk_rcvbuf)：成员在哪里</translation>
    </message>
    <message>
        <source>what the //@case of that name gave back</source>
        <translation>这个名字的 //@case 返回了什么</translation>
    </message>
    <message>
        <source>of the newest sk_buff: headroom, data, tail, end, len, tailroom, truesize, users</source>
        <translation>最新的 sk_buff 的：headroom、data、tail、end、len、tailroom、truesize、users</translation>
    </message>
    <message>
        <source>how often something is noted, called or dropped in the whole record</source>
        <translation>整个记录里，某事被提到、被调用或被丢弃了多少次</translation>
    </message>
    <message>
        <source>of a capture: same, equivalent or different; frame 14 function: who decided</source>
        <translation>抓包里的帧：相同、等价或不同；frame 14 function：由谁决定</translation>
    </message>
    <message>
        <source>of the source that runs, for a question that is answered with a click</source>
        <translation>正在运行的源码行，用于点击作答的问题</translation>
    </message>
    <message>
        <source>worked out of two, with + - * / between blanks</source>
        <translation>由两个数算出，+ - * / 两边留空格</translation>
    </message>
    <message>
        <source>Behind until:, goal: and partial:, a condition</source>
        <translation>until:、goal: 和 partial: 后面：一个条件</translation>
    </message>
    <message>
        <source>of a moment: that it holds then, or once in the record</source>
        <translation>某一刻成立；用作目标时，记录里有一刻成立即可</translation>
    </message>
    <message>
        <source>of the whole record, for goals</source>
        <translation>关于整个记录，用作目标</translation>
    </message>
    <message>
        <source>a packet was dropped for that reason</source>
        <translation>因为这个原因丢弃过数据包</translation>
    </message>
    <message>
        <source>what a //@case gave back</source>
        <translation>一个 //@case 返回了什么</translation>
    </message>
    <message>
        <source>choose, number, click, compare: where the engine has the answer</source>
        <translation>choose、number、click、compare：引擎的回答在哪里</translation>
    </message>
    <message>
        <source>order: functions; right is the order in which they are called next; compare: in the other run</source>
        <translation>order：函数；正确的顺序就是接下来调用它们的顺序；compare：在另一次运行里的顺序</translation>
    </message>
    <message>
        <source>drag: which of head, data, tail and end of the newest sk_buff are dragged to where they will stand at &apos;when:&apos;</source>
        <translation>drag：把最新的 sk_buff 的 head、data、tail、end 中的哪些拖到它们在 &apos;when:&apos; 时会在的地方</translation>
    </message>
    <message>
        <source>compare: what is played as the other run, beside the lesson</source>
        <translation>compare：作为另一次运行播放的文件，与课程放在一起</translation>
    </message>
    <message>
        <source>compare: what is asked of the other run, its value (without it), the difference to this one, or the relation, more, less or the same</source>
        <translation>compare：问另一次运行的什么：它的值（不写时）、与这次的差，或关系，即更多、更少还是一样</translation>
    </message>
    <message>
        <source>write: what a call that is written brings about; result(call) is what it gives back</source>
        <translation>write：写出的调用要造成什么；result(call) 是它的返回值</translation>
    </message>
    <message>
        <source>write: a call that does: the check makes it</source>
        <translation>write：能做到的一个调用：检查时会执行它</translation>
    </message>
    <message>
        <source>where the engine is asked; at the stop without it; compare: looked for from the start in both runs, their end without it</source>
        <translation>在哪里问引擎；不写就在这一停；compare：在两次运行里都从头找，不写就在结尾</translation>
    </message>
    <message>
        <source>what the author believes; a check says where the engine does not; drag: data 2, tail 49</source>
        <translation>作者认为的答案；检查会指出引擎不同意的地方；drag：data 2, tail 49</translation>
    </message>
    <message>
        <source>what is said to typical wrong answers; write: to what a call brings about</source>
        <translation>对常见的错误答案说的话；write：对调用造成的结果说的话</translation>
    </message>
    <message>
        <source>what may be used: a script that is written (so without it), calls on the console, packets and the command wire; with console or wire one goes on in the program where the start ends</source>
        <translation>可以用什么：写脚本（不写就是它）、控制台上的调用、包和 wire 命令；有 console 或 wire 时，从起点结束的地方在程序里继续</translation>
    </message>
    <message>
        <source>what reaches the goal, and the check runs it: a script, or X.lines with what is typed behind the start, a line each</source>
        <translation>能达到目标的东西，检查时会运行：脚本，或 X.lines，里面是接着起点键入的内容，一行一条</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is answered with a call, which the engine makes, and is left out</source>
        <translation>&apos;%1&apos; 要用一个由引擎执行的调用来回答，略去</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no bar to drag in there: each pointer is asked for its place</source>
        <translation>&apos;%1&apos; 在那里没有可以拖动的条：改为逐个问指针的位置</translation>
    </message>
    <message>
        <source>a buffer has no pointer &apos;%1&apos;</source>
        <translation>缓冲区没有指针 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; stands twice among the pointers</source>
        <translation>&apos;%1&apos; 在指针中出现了两次</translation>
    </message>
    <message>
        <source>name each pointer once</source>
        <translation>每个指针只写一次</translation>
    </message>
    <message>
        <source>the other run is &apos;other:&apos; a file or &apos;sysctl:&apos; settings</source>
        <translation>另一次运行要么是 &apos;other:&apos; 后面的文件，要么是 &apos;sysctl:&apos; 后面的设置</translation>
    </message>
    <message>
        <source>&apos;%1:&apos; means nothing beside &apos;calls:&apos;</source>
        <translation>有了 &apos;calls:&apos;，&apos;%1:&apos; 就没有意义</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has what is typed, and in this lab nothing is</source>
        <translation>&apos;%1&apos; 是键入的内容，而这个实验不键入东西</translation>
    </message>
    <message>
        <source>keep a script in a file .pkt, or let the console be used: &apos;use: [console]&apos;</source>
        <translation>把脚本放在 .pkt 文件里，或者允许用控制台：&apos;use: [console]&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a script, and in this lab none is written</source>
        <translation>&apos;%1&apos; 是脚本，而这个实验不写脚本</translation>
    </message>
    <message>
        <source>keep what is typed, a line each, in a file .lines</source>
        <translation>把键入的内容一行一条放在 .lines 文件里</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no range of bytes</source>
        <translation>&apos;%1&apos; 不是字节范围</translation>
    </message>
    <message>
        <source>the kernel&apos;s source has no file &apos;%1&apos;</source>
        <translation>内核源码里没有文件 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>the kernel&apos;s source has several files &apos;%1&apos;</source>
        <translation>内核源码里有好几个文件 &apos;%1&apos;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no line of that file</source>
        <translation>&apos;%1&apos; 不是那个文件的行</translation>
    </message>
    <message>
        <source>it has the lines 1 to %1</source>
        <translation>它有第 1 到 %1 行</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number of a packet</source>
        <translation>&apos;%1&apos; 不是包的编号</translation>
    </message>
    <message>
        <source>packets are counted from 1</source>
        <translation>包从 1 数起</translation>
    </message>
    <message>
        <source>Next stop</source>
        <translation>下一停</translation>
    </message>
    <message>
        <source>Stop before</source>
        <translation>上一停</translation>
    </message>
    <message>
        <source>stop %1 of %2</source>
        <translation>第 %1 停，共 %2 停</translation>
    </message>
    <message>
        <source>What you will be able to do</source>
        <translation>你将能够</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>points: %1</source>
        <translation>分值：%1</translation>
    </message>
    <message>
        <source>try %1 of %2</source>
        <translation>第 %1 次，共 %2 次</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>your answer</source>
        <translation>你的答案</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>更晚</translation>
    </message>
    <message>
        <source>✓ Yes. %1</source>
        <translation>✓ 对。%1</translation>
    </message>
    <message>
        <source>✗ The engine says otherwise. Try again, or reveal it and look.</source>
        <translation>✗ 引擎不是这么说的。再试一次，或者揭晓后看一看。</translation>
    </message>
    <message>
        <source>✗ The engine says %1. %2</source>
        <translation>✗ 引擎说是 %1。%2</translation>
    </message>
    <message>
        <source>The engine says %1. %2</source>
        <translation>引擎说是 %1。%2</translation>
    </message>
    <message>
        <source>This is answered in the program, in its pictures or by a call. Here, say it to yourself, then reveal it.</source>
        <translation>这一题在程序里回答，在图中或用一次调用。在这里，先自己说出答案，再揭晓。</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>A lab is done in the program, where the record says whether it is solved.</source>
        <translation>实验在程序里做，由记录判定是否完成。</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 / %2 分</translation>
    </message>
    <message>
        <source>lesson: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw</source>
        <translation>lesson：这个程序构建时没有窗口（SOCKWALK_GUI=OFF），所以不能绘图</translation>
    </message>
    <message>
        <source>-o goes with pack, handout, questions and results</source>
        <translation>-o 用于 pack、handout、questions 和 results</translation>
    </message>
    <message>
        <source>--answers and --language go with handout</source>
        <translation>--answers 和 --language 只用于 handout</translation>
    </message>
    <message>
        <source>--seed goes with check and lab</source>
        <translation>--seed 用于 check 和 lab</translation>
    </message>
    <message>
        <source>--lab and --try go with lab</source>
        <translation>--lab 和 --try 用于 lab</translation>
    </message>
    <message>
        <source>What may be used: %1</source>
        <translation>可以用：%1</translation>
    </message>
    <message>
        <source>On the way: %1</source>
        <translation>途中目标：%1</translation>
    </message>
    <message>
        <source>Goal: %1</source>
        <translation>目标：%1</translation>
    </message>
    <message>
        <source>It begins with %1</source>
        <translation>从 %1 开始</translation>
    </message>
    <message>
        <source>%1:%2:%3: %4</source>
        <translation>%1:%2:%3：%4</translation>
    </message>
    <message>
        <source>Numbers: %1 (seed %2)</source>
        <translation>数字：%1（种子 %2）</translation>
    </message>
    <message>
        <source>the part of a course that it belongs to: the menu keeps its lessons together</source>
        <translation>它属于课程的哪一部分：菜单把同一部分的课放在一起</translation>
    </message>
    <message>
        <source>for whoever teaches it: time, pitfalls, what to ask aloud; shown in the teacher&apos;s own window and on paper with the answers</source>
        <translation>给讲课的人：时间怎么分、容易错在哪里、该当堂问什么；显示在教师自己的窗口里，也印在带答案的讲义上</translation>
    </message>
    <message>
        <source>backlog</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>reader</source>
        <translation>读者</translation>
    </message>
    <message>
        <source>retransmit</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>out of order</source>
        <translation>乱序</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>%1 Where does it die?</source>
        <translation>%1断在哪里？</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <translation>%1（%2）：%3</translation>
    </message>
    <message>
        <source>%1 times within %2 the timer of the SYN fires, for want of an answer</source>
        <translation>SYN 的定时器在 %2 内因为没有回音触发了 %1 次</translation>
    </message>
    <message>
        <source>the SYN got no answer</source>
        <translation>SYN 没有回音</translation>
    </message>
    <message>
        <source>it does not go again</source>
        <translation>它没有再发</translation>
    </message>
    <message>
        <source>it goes again once only</source>
        <translation>它只再发了一次</translation>
    </message>
    <message>
        <source>it goes again %1 times only</source>
        <translation>它只再发了 %1 次</translation>
    </message>
    <message>
        <source>the one before has not left this host</source>
        <translation>前一个还没有离开本机</translation>
    </message>
    <message>
        <source>%1; %2: %3</source>
        <translation>%1；%2：%3</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is of a moment, and stands in one comparison or in brackets with what is of the whole run; join the two with &amp;&amp; outside brackets: %2</source>
        <translation>“%1”说的是某一刻，却和说整个运行的条件放在同一个比较或同一对括号里；请在括号外用 &amp;&amp; 把两者连起来：%2</translation>
    </message>
    <message>
        <source>%1 gives back %2</source>
        <translation>%1 返回 %2</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no value of its own, so that nothing would stand here</source>
        <translation>“%1”本身没有值，这里会什么也不显示</translation>
    </message>
    <message>
        <source>say one of its members, as %1 does</source>
        <translation>请写它的一个成员，例如 %1</translation>
    </message>
    <message>
        <source>where a question of the stop asks for the same, it is covered until that is answered</source>
        <translation>如果这一停的问题问的正是它，回答之前它会被遮住</translation>
    </message>
    <message>
        <source>Behind view:, what is shown</source>
        <translation>view: 后面写显示什么</translation>
    </message>
    <message>
        <source>A page of a view stands behind a colon; without one, the view is as it is by itself.</source>
        <translation>视图的某一页写在冒号后面；不写，视图就是它平时的样子。</translation>
    </message>
    <message>
        <source>the stage in the middle: one of them, or two side by side</source>
        <translation>中间的舞台：其中一个，或者两个并排</translation>
    </message>
    <message>
        <source>on the right: each has a place of its own</source>
        <translation>在右边：各有自己的位置</translation>
    </message>
    <message>
        <source>below: they share a place, so name one of them</source>
        <translation>在下方：它们共用一个位置，所以只写其中一个</translation>
    </message>
    <message>
        <source>a page of it; there are %1</source>
        <translation>它的一页；有这些页：%1</translation>
    </message>
    <message>
        <source>the //@case of that name begins</source>
        <translation>这个名字的 //@case 开始</translation>
    </message>
    <message>
        <source>it is over; a call that sleeps is over where it goes to sleep</source>
        <translation>它结束；会睡眠的调用在它入睡处算结束</translation>
    </message>
    <message>
        <source>of the second object of that type</source>
        <translation>该类型的第二个对象的</translation>
    </message>
    <message>
        <source>members without numbers that stand side by side are of one object, whichever</source>
        <translation>并列而不带编号的成员属于同一个对象，不论是哪一个</translation>
    </message>
    <message>
        <source>both: what is of the whole record holds of it, and what is of a moment once in it; joined by &amp;&amp; alone</source>
        <translation>两种都有：说整个记录的条件对记录成立，说某一刻的条件在记录里有一刻成立；只能用 &amp;&amp; 连接</translation>
    </message>
    <message>
        <source>the views that are shown, some with a page: tables:ehash; two at most of the stage, which stand side by side, and one of those below it</source>
        <translation>显示哪些视图，有的可带一页：tables:ehash；舞台上的最多两个，并排显示，舞台下方的最多一个</translation>
    </message>
    <message>
        <source>what is pointed at, and marked in its view: member TYPE.MEMBER of the object that is looked at, else of the newest, node FUNCTION of the call path, bytes FROM..TO of the newest buffer from head, line FILE:N of the source, packet N</source>
        <translation>指向什么，并在它的视图里标出：所看对象（没有就是最新对象）的成员 member TYPE.MEMBER，调用路径里的函数 node FUNCTION，最新缓冲区从 head 数起的字节 bytes FROM..TO，源码的一行 line FILE:N，数据包 packet N</translation>
    </message>
    <message>
        <source>match: names, and where the engine has what belongs to each; the translation says the names again, before the same formulas</source>
        <translation>match：名字，以及引擎在哪里有与它配对的值；译文在同样的公式前面重写名字</translation>
    </message>
    <message>
        <source>compare: or the same scenario, with these settings made on every host before it begins</source>
        <translation>compare：或者同一个脚本，开始之前先在每台主机上做这些设置</translation>
    </message>
    <message>
        <source>numbers that are others for each person, drawn from the person&apos;s seed; {{seed NAME}} says them in the task, hint, goals and files of this lab, {{seed NAME + 1}} counts with them</source>
        <translation>因人而异的数字，由各人的种子抽出；{{seed NAME}} 在这个实验的任务、提示、目标和文件里说出它们，{{seed NAME + 1}} 用它们计算</translation>
    </message>
    <message>
        <source>the formula stays as it is, and in its place; the name before it is translated</source>
        <translation>公式原样留在原来的位置；只翻译它前面的名字</translation>
    </message>
    <message>
        <source>the view &apos;%1&apos; has no pages</source>
        <translation>视图“%1”没有分页</translation>
    </message>
    <message>
        <source>the view &apos;%1&apos; has no page &apos;%2&apos;</source>
        <translation>视图“%1”没有“%2”这一页</translation>
    </message>
    <message>
        <source>the view &apos;%1&apos; stands here twice</source>
        <translation>视图“%1”在这里出现了两次</translation>
    </message>
    <message>
        <source>it shows one page at a time</source>
        <translation>它一次只显示一页</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a third view of the stage, which shows two side by side</source>
        <translation>“%1”是舞台上的第三个视图，而舞台只能并排显示两个</translation>
    </message>
    <message>
        <source>name two of them, and the third at a stop of its own</source>
        <translation>写其中两个，第三个放到另一停</translation>
    </message>
    <message>
        <source>&apos;%1&apos; and &apos;%2&apos; stand behind one another below the stage, so that one of them is not seen</source>
        <translation>“%1”和“%2”在舞台下方共用一个位置，有一个会看不见</translation>
    </message>
    <message>
        <source>name one of them, and the other at a stop of its own</source>
        <translation>写其中一个，另一个放到另一停</translation>
    </message>
    <message>
        <source>&apos;%1&apos; and &apos;%2&apos; are of two objects, and without numbers both are of the one that is written; say which objects are meant: %3</source>
        <translation>“%1”和“%2”属于两个对象，而不带编号时两者都指正在被写的那一个；请写明是哪个对象：%3</translation>
    </message>
    <message>
        <source>on the deathrow %1</source>
        <translation>deathrow 上第 %1 个</translation>
    </message>
    <message>
        <source>the cable loses %1 frames, within %2</source>
        <translation>线缆在 %2 内丢了 %1 帧</translation>
    </message>
    <message>
        <source>the cable holds %1 frames back, within %2: later ones overtake them</source>
        <translation>线缆在 %2 内扣住 %1 帧：后来的超过了它们</translation>
    </message>
    <message>
        <source>the cable delivers %1 frames twice, within %2</source>
        <translation>线缆在 %2 内把 %1 帧送了两次</translation>
    </message>
    <message>
        <source>yes: on to %1</source>
        <translation>是：转到 %1</translation>
    </message>
    <message>
        <source>no: on to %1</source>
        <translation>否：转到 %1</translation>
    </message>
    <message>
        <source>on to %1</source>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>not in the packet: the answer is 0</source>
        <translation>不在数据包里：回答是 0</translation>
    </message>
    <message>
        <source>X is 0: the answer is 0</source>
        <translation>X 是 0：回答是 0</translation>
    </message>
    <message>
        <source>wanted: up to %1</source>
        <translation>要：至多 %1</translation>
    </message>
    <message>
        <source>not wanted</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>no packet has come to it yet</source>
        <translation>还没有数据包来过</translation>
    </message>
    <message>
        <source>it is being run on %1</source>
        <translation>正在 %1 上运行</translation>
    </message>
    <message>
        <source>run last on %1, which it does not want</source>
        <translation>上次在 %1 上运行：不要</translation>
    </message>
    <message>
        <source>run last on %1, of which it wants up to %2</source>
        <translation>上次在 %1 上运行：要，至多 %2</translation>
    </message>
    <message>
        <source>%1: %2 instructions; %3</source>
        <translation>%1：%2 条指令；%3</translation>
    </message>
    <message>
        <source>&apos;argument&apos; takes a function or a note and a number, from 0</source>
        <translation>“argument”后面是一个函数或一条说明，再加一个从 0 数起的数</translation>
    </message>
    <message>
        <source>an argument of the next call of a function, or of the next note, from 0; where the stop is one, of that one</source>
        <translation>某个函数下一次调用的参数，或下一条说明的参数，从 0 数起；这一停就是它的话，指的是这一次</translation>
    </message>
    <message>
        <source>inlined: the compiler of the real kernel put %1() into its callers, where a trace does not see it</source>
        <translation>内联：真实内核的编译器把 %1() 放进了它的调用者，跟踪时看不到它</translation>
    </message>
    <message>
        <source>inlined</source>
        <translation>内联</translation>
    </message>
    <message>
        <source>--structure needs no FILE</source>
        <translation>--structure 不需要 FILE</translation>
    </message>
    <message>
        <source>name a script, or a structure with --structure</source>
        <translation>请给出一个脚本，或用 --structure 给出一个结构</translation>
    </message>
    <message>
        <source>2.6 is that of an i386, where a pointer has 4 bytes; 6.1 that of an x86-64, where it has 8.</source>
        <translation>2.6 是 i386 上的，一个指针 4 字节；6.1 是 x86-64 上的，一个指针 8 字节。</translation>
    </message>
    <message>
        <source>Linux %1 does not play all of it: %2</source>
        <translation>Linux %1 没有把它全部播放：%2</translation>
    </message>
    <message>
        <source>stayed</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>went</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>came</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>%1 blocks of %2</source>
        <translation>%1 个块，每块 %2</translation>
    </message>
    <message>
        <source>%1 frames of %2</source>
        <translation>%1 个帧位，每个 %2</translation>
    </message>
    <message>
        <source>block %1 is open</source>
        <translation>块 %1 正在写入</translation>
    </message>
    <message>
        <source>frame %1 is next</source>
        <translation>下一个是帧位 %1</translation>
    </message>
    <message>
        <source>the kernel&apos;s</source>
        <translation>归内核</translation>
    </message>
    <message>
        <source>%1 of it at tp_mac %2; tp_net %3</source>
        <translation>其中 %1，从 tp_mac %2 起；tp_net %3</translation>
    </message>
    <message>
        <source>seq_num %1; %2 used</source>
        <translation>seq_num %1；已用 %2</translation>
    </message>
    <message>
        <source>Rings of packet sockets</source>
        <translation>packet 套接字的环</translation>
    </message>
    <message>
        <source>What a packet socket and its program share (PACKET_RX_RING): the kernel copies packets there, and a status word says whose each frame, or of version 3 each block, is.</source>
        <translation>packet 套接字与它的程序共享的内存（PACKET_RX_RING）：内核把数据包复制到那里，一个状态字说明每个帧位（版本 3 则是每个块）归谁。</translation>
    </message>
    <message>
        <source>empty: no packet socket has a ring</source>
        <translation>空：没有 packet 套接字带环</translation>
    </message>
    <message>
        <source>-o OUT is missing: the core file to write, moment.core for instance</source>
        <translation>缺少 -o OUT：要写出的 core 文件，例如 moment.core</translation>
    </message>
    <message>
        <source>gdb could not be let in</source>
        <translation>没能让 gdb 连进来</translation>
    </message>
    <message>
        <source>on a terminal there is no gdb; let gdb start it (target remote | ...), or say --port</source>
        <translation>终端上没有 gdb；让 gdb 来启动它（target remote | ...），或者用 --port</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>as the answers come</source>
        <translation>回的方向</translation>
    </message>
    <message>
        <source>as its packets go</source>
        <translation>去的方向</translation>
    </message>
    <message>
        <source>will not make way for others</source>
        <translation>不会给别的连接腾位置</translation>
    </message>
    <message>
        <source>its source is translated</source>
        <translation>源被转换</translation>
    </message>
    <message>
        <source>its destination is translated</source>
        <translation>目的地被转换</translation>
    </message>
    <message>
        <source>Tracked connections</source>
        <translation>跟踪的连接</translation>
    </message>
    <message>
        <source>By addresses, ports and protocol: where netfilter finds the connection of a packet, if a rule asks for connections. Each stands here twice, once for each direction.</source>
        <translation>按地址、端口和协议：如果有规则要看连接，netfilter 在这里找到包所属的连接。每个连接在这里出现两次，每个方向一次。</translation>
    </message>
    <message>
        <source>Sources that NAT knows</source>
        <translation>NAT 记得的源</translation>
    </message>
    <message>
        <source>By the address and port that a connection began with: what the same source was given before is given to it again.</source>
        <translation>按连接开始时的地址和端口：同一个源以前得到什么，现在还给它什么。</translation>
    </message>
    <message>
        <source>answers come to %1</source>
        <translation>回答发往 %1</translation>
    </message>
    <message>
        <source>all of IPv4: nobody looks at ARP, bridges or devices</source>
        <translation>都是 IPv4 的：ARP、网桥和设备上没有人看</translation>
    </message>
    <message>
        <source>kworker: %1</source>
        <translation>kworker：%1</translation>
    </message>
    <message>
        <source>empty: no rule asks for connections</source>
        <translation>空：没有规则要求跟踪连接</translation>
    </message>
    <message>
        <source>empty: nothing is translated</source>
        <translation>空：没有地址转换</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Call path</source>
        <translation>调用路径</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>旁白</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构体</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>内核表</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>结构嵌套</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>梯形图</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>时延</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>时序图</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视列表</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>诞生</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>家族</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤器</translation>
    </message>
    <message>
        <source>Then and now</source>
        <translation>当年与如今</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The kernel has stopped: %1.</source>
        <translation>内核停下了：%1。</translation>
    </message>
</context>
<context>
    <name>sockwalk::AnswerPane</name>
    <message>
        <source>your answer</source>
        <translation>你的答案</translation>
    </message>
    <message>
        <source>A number, in digits, as 0x… or with a unit, or the name of a constant</source>
        <translation>一个数（十进制、0x… 或带单位），或常量的名字</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Calls, to be put in their order</source>
        <translation>要排好顺序的调用</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Click the line in Source.</source>
        <translation>在源码里点这一行。</translation>
    </message>
    <message>
        <source>Click the member in Structure.</source>
        <translation>在结构体里点这个成员。</translation>
    </message>
    <message>
        <source>Click the object, in Objects or Tables.</source>
        <translation>在对象图或表里点这个对象。</translation>
    </message>
    <message>
        <source>a call: name(…)</source>
        <translation>一个调用：name(…)</translation>
    </message>
    <message>
        <source>A system call as the console takes it. It is made at this moment, on a copy of the machine</source>
        <translation>与控制台写法相同的系统调用。它在这一刻、在机器的一份副本上执行</translation>
    </message>
    <message>
        <source>The call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>执行</translation>
    </message>
</context>
<context>
    <name>sockwalk::Autosave</name>
    <message>
        <source>%1 cannot be written, so what you do is not kept as you work.</source>
        <translation>写不了 %1，所以你所做的不会随时保存。</translation>
    </message>
</context>
<context>
    <name>sockwalk::Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>sockwalk::BesideCanvas</name>
    <message>
        <source>Buffers side by side</source>
        <translation>缓冲区并排</translation>
    </message>
    <message>
        <source>%1 bytes at %2 of %3</source>
        <translation>%3 的偏移 %2 处 %1 字节</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 个</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 字节，起于 %2</translation>
    </message>
    <message>
        <source>Leave it out (Delete)</source>
        <translation>去掉它（Delete）</translation>
    </message>
    <message>
        <source>%1: bytes %2 to %3 of the buffer</source>
        <translation>%1：缓冲区的第 %2 到 %3 字节</translation>
    </message>
    <message>
        <source>not there at this moment</source>
        <translation>此刻不在</translation>
    </message>
    <message>
        <source>len %1 (%2 in fragments)</source>
        <translation>len %1（其中 %2 在分片页里）</translation>
    </message>
    <message>
        <source>len %1</source>
        <translation>len %1</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>data</source>
        <translation>data</translation>
    </message>
    <message>
        <source>tail</source>
        <translation>tail</translation>
    </message>
    <message>
        <source>end</source>
        <translation>end</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>With the next one</source>
        <translation>与下一个相比</translation>
    </message>
    <message>
        <source>pulled</source>
        <translation>已拉掉</translation>
    </message>
</context>
<context>
    <name>sockwalk::BirthCanvas</name>
    <message>
        <source>Birth of a socket or a packet</source>
        <translation>套接字或数据包的诞生</translation>
    </message>
    <message>
        <source>%1 was there before: its birth is another picture.</source>
        <translation>%1 先前就在：它的诞生是另一幅画面。</translation>
    </message>
    <message>
        <source>Part or pointer</source>
        <translation>部分或指针</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Within it</source>
        <translation>其中嵌套</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>诞生</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>there</source>
        <translation>在</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>set</source>
        <translation>已设</translation>
    </message>
</context>
<context>
    <name>sockwalk::BirthView</name>
    <message>
        <source>Birth</source>
        <translation>诞生</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>How a socket or a packet comes to be is drawn here.</source>
        <translation>套接字或数据包怎样诞生，画在这里。</translation>
    </message>
    <message>
        <source>Nothing is born here</source>
        <translation>这里还没有诞生什么</translation>
    </message>
    <message>
        <source>A call of socket(), or a frame that arrives, brings the first thing with parts of its own.</source>
        <translation>调用 socket()，或到来一个帧，会带来第一个由几部分组成的东西。</translation>
    </message>
    <message>
        <source>A part, a pointer, a function</source>
        <translation>部分、指针或函数</translation>
    </message>
</context>
<context>
    <name>sockwalk::BookmarksDialog</name>
    <message>
        <source>Bookmarks and notes</source>
        <translation>书签与批注</translation>
    </message>
    <message>
        <source>No moment is marked yet. Ctrl+B marks the one at which you stand.</source>
        <translation>还没有标记任何时刻。按 Ctrl+B 标记你所在的这一刻。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>&amp;Go there</source>
        <translation>前往(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Edit the note</source>
        <translation>编辑批注(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>sockwalk::BufferParts</name>
    <message>
        <source>What the packet has besides its linear bytes</source>
        <translation>这个包在线性区之外还有什么</translation>
    </message>
    <message>
        <source>%1 bytes at %2</source>
        <translation>%2 处起 %1 字节</translation>
    </message>
    <message>
        <source>len %1</source>
        <translation>len %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 个</translation>
    </message>
    <message>
        <source>data %1 · tail %2 · len %3</source>
        <translation>data %1 · tail %2 · len %3</translation>
    </message>
    <message>
        <source>What</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>shared info</source>
        <translation>共享信息</translation>
    </message>
    <message>
        <source>page fragment</source>
        <translation>分片页</translation>
    </message>
    <message>
        <source>part of the packet</source>
        <translation>数据包的一部分</translation>
    </message>
    <message>
        <source>the same bytes</source>
        <translation>同一批字节</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>没有画出</translation>
    </message>
    <message>
        <source>%1: %2. Click to show it.</source>
        <translation>%1：%2。点击查看。</translation>
    </message>
</context>
<context>
    <name>sockwalk::BufferStrip</name>
    <message>
        <source>The buffer, to scale</source>
        <translation>按比例画出的缓冲区</translation>
    </message>
    <message>
        <source>The allocation, to scale: %1</source>
        <translation>按比例画出的分配：%1</translation>
    </message>
    <message>
        <source>headroom %1</source>
        <translation>头部空间 %1</translation>
    </message>
    <message>
        <source>tailroom %1</source>
        <translation>尾部空间 %1</translation>
    </message>
    <message>
        <source>shared · %1</source>
        <translation>共享 · %1</translation>
    </message>
    <message>
        <source>pulled</source>
        <translation>已拉掉</translation>
    </message>
    <message>
        <source>nothing between data and tail yet</source>
        <translation>data 和 tail 之间还什么都没有</translation>
    </message>
    <message>
        <source>len %1</source>
        <translation>len %1</translation>
    </message>
    <message>
        <source>long stretches are drawn shorter</source>
        <translation>长的区段画得短些</translation>
    </message>
    <message>
        <source>head to end is the room for the packet; %1 stands behind it.</source>
        <translation>head 到 end 是给包的空间；%1 在它后面。</translation>
    </message>
    <message>
        <source>headroom</source>
        <translation>头部空间</translation>
    </message>
    <message>
        <source>tailroom</source>
        <translation>尾部空间</translation>
    </message>
    <message>
        <source>content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>%1: bytes %2 to %3 of the buffer (%4)</source>
        <translation>%1：缓冲区的第 %2 到 %3 字节（%4）</translation>
    </message>
    <message>
        <source>byte %1 of the buffer: %2</source>
        <translation>缓冲区的第 %1 字节：%2</translation>
    </message>
    <message>
        <source>pointer</source>
        <translation>指针</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节数</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>before head:
not the packet&apos;s memory</source>
        <translation>head 之前：
不是这个包的内存</translation>
    </message>
    <message>
        <source>behind end: %1,
not room for bytes</source>
        <translation>end 之后：%1，
不是放字节的地方</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>还没有写</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>what the memory held before stands there</source>
        <translation>还是这块内存原来的内容</translation>
    </message>
    <message>
        <source>old bytes</source>
        <translation>旧字节</translation>
    </message>
    <message>
        <source>where the sum goes</source>
        <translation>校验和写在这里</translation>
    </message>
    <message>
        <source>len %1 (%2 in the linear part)</source>
        <translation>len %1（线性部分 %2）</translation>
    </message>
</context>
<context>
    <name>sockwalk::BufferView</name>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Which buffer to show</source>
        <translation>显示哪个缓冲区</translation>
    </message>
    <message>
        <source>Stay with one sk_buff, or follow the path that runs</source>
        <translation>盯住一个 sk_buff，或者跟着正在运行的路径</translation>
    </message>
    <message>
        <source>Fields of the packet&apos;s headers</source>
        <translation>包头里的字段</translation>
    </message>
    <message>
        <source>Simulated time between one stop and the next counts for the first one&apos;s layer</source>
        <translation>相邻两站之间的模拟时间算给前一站所在的层</translation>
    </message>
    <message>
        <source>Journey of this buffer</source>
        <translation>这个缓冲区的旅程</translation>
    </message>
    <message>
        <source>Next call that is handed a buffer</source>
        <translation>下一次收到缓冲区的调用</translation>
    </message>
    <message>
        <source>No packet has been recorded yet. A frame that arrives, or a call that sends, brings the first sk_buff.</source>
        <translation>还没有记录到包。来一个帧，或者发一次数据，就有第一个 sk_buff。</translation>
    </message>
    <message>
        <source>No buffer is alive at this moment. The next sk_buff comes further on.</source>
        <translation>此刻没有缓冲区存活。下一个 sk_buff 在后面。</translation>
    </message>
    <message>
        <source>No buffer is alive at this moment, and none comes after it.</source>
        <translation>此刻没有缓冲区存活，后面也不再有。</translation>
    </message>
    <message>
        <source>First call that is handed a buffer</source>
        <translation>第一次收到缓冲区的调用</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Nothing has happened to this buffer yet.</source>
        <translation>这个缓冲区还没有经历什么。</translation>
    </message>
    <message>
        <source>Follow the path</source>
        <translation>跟随路径</translation>
    </message>
    <message>
        <source>%1 header</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>包头</translation>
    </message>
    <message>
        <source>No header can be read yet</source>
        <translation>还读不出包头</translation>
    </message>
    <message>
        <source>Journey of this buffer: %1 stops</source>
        <translation>这个缓冲区的旅程：%1 站</translation>
    </message>
    <message>
        <source>Point at a field to see its bytes.</source>
        <translation>指着一个字段，看它的字节。</translation>
    </message>
    <message>
        <source>%1: byte %2</source>
        <translation>%1：第 %2 字节</translation>
    </message>
    <message>
        <source>%1: bytes %2 to %3</source>
        <translation>%1：第 %2 到 %3 字节</translation>
    </message>
    <message>
        <source>A field, its value, or bytes: 45 00</source>
        <translation>字段、字段的值，或字节：45 00</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Lay other buffers, or other moments of this one, beside it</source>
        <translation>把别的缓冲区，或它自己的别的时刻，排在旁边</translation>
    </message>
    <message>
        <source>The Linux of 2.6 is here without devices and packets, so it has no sk_buff.</source>
        <translation>2.6 的 Linux 在这里没有设备和数据包，所以没有 sk_buff。</translation>
    </message>
</context>
<context>
    <name>sockwalk::BytesPane</name>
    <message>
        <source>Bytes of the packet</source>
        <translation>包的字节</translation>
    </message>
    <message>
        <source>fragment %1, %2 </source>
        <translation>分片页 %1，%2 </translation>
    </message>
    <message>
        <source>frag%1</source>
        <translation>frag%1</translation>
    </message>
    <message>
        <source>No byte belongs to the packet yet.</source>
        <translation>包里还没有字节。</translation>
    </message>
    <message>
        <source>fragment %1</source>
        <translation>分片页 %1</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>还没有写</translation>
    </message>
    <message>
        <source>not written yet: what the memory held before</source>
        <translation>还没有写：是这块内存原来的内容</translation>
    </message>
</context>
<context>
    <name>sockwalk::CallLine</name>
    <message>
        <source>Call</source>
        <translation>调用</translation>
    </message>
</context>
<context>
    <name>sockwalk::CallPathStage</name>
    <message>
        <source>called %1 times from here</source>
        <translation>这里调用了 %1 次</translation>
    </message>
    <message>
        <source>≈ simplified: %1</source>
        <translation>≈ 有简化：%1</translation>
    </message>
    <message>
        <source>Call path</source>
        <translation>调用路径</translation>
    </message>
    <message>
        <source>folded below it: %1; press +%1, or step into it, to see them</source>
        <translation>下面折叠了 %1 个函数；点 +%1，或单步进入，就能看到</translation>
    </message>
    <message>
        <source>%1 runs in the part &quot;%2&quot;, farther down</source>
        <translation>%1 在下方的“%2”部分运行</translation>
    </message>
    <message>
        <source>called by %1</source>
        <translation>由 %1 调用</translation>
    </message>
    <message>
        <source>while %1 runs</source>
        <translation>在 %1 运行期间</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未返回</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Called by</source>
        <translation>调用者</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用次数</translation>
    </message>
    <message>
        <source>Folded below</source>
        <translation>折叠在下面的</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源码</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>简化掉的</translation>
    </message>
    <message>
        <source>%1 is running.</source>
        <translation>%1 正在运行。</translation>
    </message>
</context>
<context>
    <name>sockwalk::CallPathView</name>
    <message>
        <source>fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole call path (0)</source>
        <translation>显示整条调用路径（0）</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Keep the running function in sight at a readable size</source>
        <translation>让正在运行的函数留在视野里，字够大</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show every function, none folded</source>
        <translation>显示每个函数，一个也不折叠</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the functions that the kernel calls for it
appear here, layer by layer, and the one that runs is lit.</source>
        <translation>打开脚本或抓包文件：内核为它调用的函数
一层一层出现在这里，正在运行的那个亮着。</translation>
    </message>
    <message>
        <source>1 function</source>
        <translation>1 个函数</translation>
    </message>
    <message>
        <source>%1 functions</source>
        <translation>%1 个函数</translation>
    </message>
    <message>
        <source>Go to its call</source>
        <translation>去调用处</translation>
    </message>
    <message>
        <source>Go to its return</source>
        <translation>去返回处</translation>
    </message>
    <message>
        <source>Callers</source>
        <translation>调用者</translation>
    </message>
    <message>
        <source>Show source</source>
        <translation>显示源代码</translation>
    </message>
    <message>
        <source>How the function was reached</source>
        <translation>怎样到达这个函数</translation>
    </message>
    <message>
        <source>A function of this path</source>
        <translation>这条路径上的函数</translation>
    </message>
    <message>
        <source>%1 is called %2 times from here: that is too often to draw each call for itself. Click its name to go from one to the next.</source>
        <translation>%1 从这里被调用了 %2 次，太多了，没法逐个画出。点它的名字，可以从一次调用走到下一次。</translation>
    </message>
    <message>
        <source>Show each of its %1 calls</source>
        <translation>逐个显示它的 %1 次调用</translation>
    </message>
    <message>
        <source>Show its %1 calls as one</source>
        <translation>把它的 %1 次调用合成一个</translation>
    </message>
    <message>
        <source>Show what it calls</source>
        <translation>显示它调用了什么</translation>
    </message>
</context>
<context>
    <name>sockwalk::CaptureFollower</name>
    <message>
        <source>Live capture %1</source>
        <translation>实时抓包 %1</translation>
    </message>
    <message>
        <source>%1; the newest are walked when you go to the end</source>
        <translation>%1；走到末尾就能看到最新的帧</translation>
    </message>
</context>
<context>
    <name>sockwalk::CardDock</name>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Fold to the heading</source>
        <translation>折叠到标题</translation>
    </message>
</context>
<context>
    <name>sockwalk::ClassLine</name>
    <message>
        <source>Back to the teacher</source>
        <translation>回到老师处</translation>
    </message>
    <message>
        <source>Leave the class</source>
        <translation>离开课堂</translation>
    </message>
    <message>
        <source>The teacher&apos;s machine is not heard; Sockwalk tries again and again.</source>
        <translation>听不到老师的机器；Sockwalk 会不断重试。</translation>
    </message>
    <message>
        <source>You follow the teacher. Step yourself to look around; nobody is disturbed.</source>
        <translation>你正跟随老师。可以自己走几步看看，不会打扰任何人。</translation>
    </message>
    <message>
        <source>%1 It is: %2</source>
        <translation>%1 答案：%2</translation>
    </message>
    <message>
        <source>You have wandered off; the teacher is at %1.</source>
        <translation>你已离开老师的位置；老师在%1。</translation>
    </message>
</context>
<context>
    <name>sockwalk::ClassesCanvas</name>
    <message>
        <source>Structures within structures</source>
        <translation>结构体里的结构体</translation>
    </message>
    <message>
        <source>Arrows go from one to the next, Return looks at what it is or points at.</source>
        <translation>方向键逐个移动，回车查看它本身或它指向的对象。</translation>
    </message>
    <message>
        <source>Member or structure</source>
        <translation>成员或结构体</translation>
    </message>
    <message>
        <source>In</source>
        <translation>所在</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>written</source>
        <translation>已写入</translation>
    </message>
</context>
<context>
    <name>sockwalk::ClassesView</name>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the structures of its sockets appear here, one within the other.</source>
        <translation>打开一个场景或抓包文件：它的套接字的结构体会一层套一层地显示在这里。</translation>
    </message>
    <message>
        <source>No socket yet</source>
        <translation>还没有套接字</translation>
    </message>
    <message>
        <source>When a program makes one, its structures appear here, one within the other.</source>
        <translation>程序创建一个之后，它的结构体会一层套一层地显示在这里。</translation>
    </message>
    <message>
        <source>A structure, a member, a value</source>
        <translation>结构体、成员、值</translation>
    </message>
    <message>
        <source>One address, several types: what begins where</source>
        <translation>一个地址，多种类型：什么从哪里开始</translation>
    </message>
</context>
<context>
    <name>sockwalk::CodePane</name>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>The source of %1 is not part of this program.</source>
        <translation>%1 的源代码不在本程序里。</translation>
    </message>
</context>
<context>
    <name>sockwalk::Commands</name>
    <message>
        <source>To the next call</source>
        <translation>到下一次调用</translation>
    </message>
    <message>
        <source>To the previous call</source>
        <translation>到上一次调用</translation>
    </message>
    <message>
        <source>Function of the kernel:</source>
        <translation>内核的函数：</translation>
    </message>
    <message>
        <source>To the next write</source>
        <translation>到下一次写入</translation>
    </message>
    <message>
        <source>To the previous write</source>
        <translation>到上一次写入</translation>
    </message>
    <message>
        <source>Object and field, such as  sock #1 sk_state  or  inetsw :</source>
        <translation>对象和字段，例如  sock #1 sk_state  或  inetsw ：</translation>
    </message>
    <message>
        <source>There is no field “%1” at this moment.</source>
        <translation>此刻没有字段“%1”。</translation>
    </message>
    <message>
        <source>Nothing has happened since the boot.</source>
        <translation>启动之后还没有发生任何事。</translation>
    </message>
</context>
<context>
    <name>sockwalk::CompareModel</name>
    <message>
        <source>never written</source>
        <translation>从未写过</translation>
    </message>
    <message>
        <source>%1
%2, written by %3
%4, written by %5</source>
        <translation>%1
%2，由 %3 写下
%4，由 %5 写下</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>written by</source>
        <translation>由谁写下</translation>
    </message>
</context>
<context>
    <name>sockwalk::ComparePane</name>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Another object of this kind, or this one at another moment</source>
        <translation>同类的另一个对象，或这个对象的另一刻</translation>
    </message>
    <message>
        <source>all members</source>
        <translation>全部成员</translation>
    </message>
    <message>
        <source>Show the members that are alike, too; those that differ are lit</source>
        <translation>相同的成员也显示；不同的加亮</translation>
    </message>
    <message>
        <source>No other object of this kind lives now</source>
        <translation>此刻没有同类的其他对象存活</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>……还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Itself, a step before</source>
        <translation>它自己，前一步</translation>
    </message>
    <message>
        <source>Itself, before this call or frame</source>
        <translation>它自己，在这次调用或这一帧之前</translation>
    </message>
    <message>
        <source>Itself, when it was made</source>
        <translation>它自己，刚建立时</translation>
    </message>
    <message>
        <source>Itself, at the bookmark “%1”</source>
        <translation>它自己，在书签“%1”处</translation>
    </message>
    <message>
        <source>Itself, at another moment…</source>
        <translation>它自己，在另一刻…</translation>
    </message>
    <message>
        <source>There is nothing to compare</source>
        <translation>没有可比较的</translation>
    </message>
    <message>
        <source>Compare with another moment</source>
        <translation>与另一刻比较</translation>
    </message>
    <message>
        <source>A step (57), &quot;event 1200&quot;, &quot;stimulus 3&quot;, a function where it is next called, start or end:</source>
        <translation>步数（57）、“event 1200”、“stimulus 3”、下一次被调用的函数名、start 或 end：</translation>
    </message>
    <message>
        <source>These are plain bytes: they have no members to compare.</source>
        <translation>这里只是字节，没有成员可比较。</translation>
    </message>
    <message>
        <source>This object does not live at the other moment.</source>
        <translation>这个对象在另一刻不存活。</translation>
    </message>
    <message>
        <source>The other object does not live at this moment.</source>
        <translation>另一个对象此刻不存活。</translation>
    </message>
</context>
<context>
    <name>sockwalk::ComparisonPane</name>
    <message>
        <source>walk to the decision →</source>
        <translation>走到做决定的地方 →</translation>
    </message>
    <message>
        <source>in the capture</source>
        <translation>抓包里</translation>
    </message>
    <message>
        <source>our kernel</source>
        <translation>我们的内核</translation>
    </message>
    <message>
        <source>The frame of the capture beside ours</source>
        <translation>抓包里的帧与我们的帧并排</translation>
    </message>
    <message>
        <source>Choose a frame that the host sent: what our kernel sent in its place stands here.</source>
        <translation>选一个这台主机发出的帧：这里显示我们的内核发了什么来对应它。</translation>
    </message>
</context>
<context>
    <name>sockwalk::ConsoleView</name>
    <message>
        <source>fd = socket(AF_INET, SOCK_DGRAM, 0)</source>
        <translation>fd = socket(AF_INET, SOCK_DGRAM, 0)</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试试</translation>
    </message>
    <message>
        <source>Issue this call</source>
        <translation>发出这个调用</translation>
    </message>
    <message>
        <source>Calls and frames so far</source>
        <translation>到现在为止的调用和帧</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>A call, a frame, or what came of it</source>
        <translation>调用、帧，或其结果</translation>
    </message>
</context>
<context>
    <name>sockwalk::Described</name>
    <message>
        <source>The table ends here; the list goes on.</source>
        <translation>表格到此为止，列表后面还有。</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到 %1</translation>
    </message>
</context>
<context>
    <name>sockwalk::DescribedBytes</name>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>字节 %1 到 %2</translation>
    </message>
    <message>
        <source>%1, bytes %2 to %3</source>
        <translation>%1，字节 %2 到 %3</translation>
    </message>
    <message>
        <source>selected: bytes %1 to %2</source>
        <translation>已选：字节 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>sockwalk::DockRoom</name>
    <message>
        <source>move %1</source>
        <translation>移动“%1”</translation>
    </message>
    <message>
        <source>open %1</source>
        <translation>打开“%1”</translation>
    </message>
    <message>
        <source>close %1</source>
        <translation>关闭“%1”</translation>
    </message>
    <message>
        <source>fold %1</source>
        <translation>折叠“%1”</translation>
    </message>
    <message>
        <source>unfold %1</source>
        <translation>展开“%1”</translation>
    </message>
    <message>
        <source>move an edge</source>
        <translation>移动边界</translation>
    </message>
</context>
<context>
    <name>sockwalk::Edits</name>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
</context>
<context>
    <name>sockwalk::EmptyPage</name>
    <message>
        <source>Go to the next call</source>
        <translation>去下一个调用</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
</context>
<context>
    <name>sockwalk::ErasCanvas</name>
    <message>
        <source>Then and now</source>
        <translation>当年与如今</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在执行</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>In this walk</source>
        <translation>在本次走查中</translation>
    </message>
    <message>
        <source>this walk</source>
        <translation>本次走查</translation>
    </message>
    <message>
        <source>below, called by %1</source>
        <translation>在下方，由 %1 调用</translation>
    </message>
    <message>
        <source>above, called by %1</source>
        <translation>在上方，由 %1 调用</translation>
    </message>
    <message>
        <source>Two Linux kernels side by side. Arrows go from row to row, Return goes to the call.</source>
        <translation>两个 Linux 内核并排。方向键逐行移动，回车键前往该调用。</translation>
    </message>
    <message>
        <source>Linux %1</source>
        <translation>Linux %1</translation>
    </message>
    <message>
        <source>Result or type, %1</source>
        <translation>%1 的结果或类型</translation>
    </message>
    <message>
        <source>Caller or place, %1</source>
        <translation>%1 的调用者或位置</translation>
    </message>
    <message>
        <source>bit %1</source>
        <translation>第 %1 位</translation>
    </message>
    <message>
        <source>bits %1 to %2</source>
        <translation>第 %1 至 %2 位</translation>
    </message>
</context>
<context>
    <name>sockwalk::ErasView</name>
    <message>
        <source>A function, a member</source>
        <translation>函数、成员</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>The calls of the walk, on both kernels</source>
        <translation>走查的调用，两个内核都有</translation>
    </message>
    <message>
        <source>One script, two kernels; a click on a call goes to where this walk makes it</source>
        <translation>一个脚本，两个内核；点击一个调用，就去到本次走查调用它的地方</translation>
    </message>
    <message>
        <source>structures</source>
        <translation>结构体</translation>
    </message>
    <message>
        <source>A structure of both kernels, side by side</source>
        <translation>两个内核都有的结构体，并排摆放</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open a script that makes sockets: its calls on Linux 2.6 and 6.1 are drawn here.</source>
        <translation>打开一个创建套接字的脚本：它在 Linux 2.6 和 6.1 上的调用会画在这里。</translation>
    </message>
    <message>
        <source>The other kernel plays this walk …</source>
        <translation>另一个内核正在播放这次走查……</translation>
    </message>
    <message>
        <source>This walk has no other kernel beside it: %1</source>
        <translation>这次走查旁边没有另一个内核：%1</translation>
    </message>
    <message>
        <source>Structures of both kernels can be chosen above.</source>
        <translation>上方可以选择两个内核都有的结构体。</translation>
    </message>
    <message>
        <source>Where the members of a structure lie in two kernels</source>
        <translation>一个结构体的成员在两个内核里各在何处</translation>
    </message>
</context>
<context>
    <name>sockwalk::FamilyStage</name>
    <message>
        <source>%L1 %2</source>
        <translation>%L1 个%2</translation>
    </message>
    <message>
        <source>by %1()</source>
        <translation>由 %1() 造出</translation>
    </message>
    <message>
        <source>for %1()</source>
        <translation>为 %1() 而造</translation>
    </message>
    <message>
        <source>len %1 · users %2 · in a frag_list</source>
        <translation>len %1 · users %2 · 挂在 frag_list 里</translation>
    </message>
    <message>
        <source>len %1 · users %2</source>
        <translation>len %1 · users %2</translation>
    </message>
    <message>
        <source>dataref %1</source>
        <translation>dataref %1</translation>
    </message>
    <message>
        <source>1 frag</source>
        <translation>1 个分片页</translation>
    </message>
    <message>
        <source>%1 frags</source>
        <translation>%1 个分片页</translation>
    </message>
    <message>
        <source>Family of a buffer</source>
        <translation>缓冲区的家族</translation>
    </message>
    <message>
        <source>%1 lives to the end of the record.</source>
        <translation>%1 活到记录的末尾。</translation>
    </message>
    <message>
        <source>dataref counts the sk_buffs that describe these bytes. They are freed with the last of them.</source>
        <translation>dataref 数的是描述这些字节的 sk_buff。最后一个释放时，字节也一起释放。</translation>
    </message>
    <message>
        <source>Click: show each of them</source>
        <translation>单击：逐个画出</translation>
    </message>
    <message>
        <source>made by %1()</source>
        <translation>由 %1() 造出</translation>
    </message>
    <message>
        <source>%1() took a reference (users)</source>
        <translation>%1() 取走了一个引用（users）</translation>
    </message>
    <message>
        <source>Click: to its birth. Double click: to its death.</source>
        <translation>单击：到它诞生的时刻。双击：到它释放的时刻。</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>由谁造出</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>len</source>
        <translation>len</translation>
    </message>
    <message>
        <source>users</source>
        <translation>users</translation>
    </message>
    <message>
        <source>dataref</source>
        <translation>dataref</translation>
    </message>
</context>
<context>
    <name>sockwalk::FamilyView</name>
    <message>
        <source>Family of a buffer</source>
        <translation>缓冲区的家族</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>整幅</translation>
    </message>
    <message>
        <source>Show the whole family (0)</source>
        <translation>显示整个家族（0）</translation>
    </message>
    <message>
        <source>%1 stands alone: it has no clone, and no part of it went elsewhere</source>
        <translation>%1 独自一个：没有克隆，也没有哪一部分去了别处</translation>
    </message>
    <message>
        <source>Family of %1: %L2 sk_buffs, %L3 of them alive now</source>
        <translation>%1 的家族：%L2 个 sk_buff，现在活着 %L3 个</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: which sk_buff came of which is drawn here.</source>
        <translation>打开一个脚本或抓包文件：哪个 sk_buff 由哪个而来，会画在这里。</translation>
    </message>
    <message>
        <source>The record is being read</source>
        <translation>正在读记录</translation>
    </message>
    <message>
        <source>The families of its buffers appear here in a moment.</source>
        <translation>它的缓冲区的家族马上就会出现在这里。</translation>
    </message>
    <message>
        <source>No buffer yet</source>
        <translation>还没有缓冲区</translation>
    </message>
    <message>
        <source>A frame that arrives, or a call that sends, brings the first sk_buff: its clones, segments and fragments are drawn here.</source>
        <translation>到来的帧或发送数据的调用会带来第一个 sk_buff：它的克隆、分段和分片画在这里。</translation>
    </message>
</context>
<context>
    <name>sockwalk::Feeds</name>
    <message>
        <source>TAP %1</source>
        <translation>TAP %1</translation>
    </message>
    <message>
        <source>: %L1 frames</source>
        <translation>：%L1 帧</translation>
    </message>
    <message>
        <source>, %L1 lost before they were read</source>
        <translation>，没来得及读就丢失 %L1</translation>
    </message>
    <message>
        <source>, %L1 not taken by the host</source>
        <translation>，主机没有收下 %L1</translation>
    </message>
    <message>
        <source>%1; the interface is down</source>
        <translation>%1；接口已关闭</translation>
    </message>
</context>
<context>
    <name>sockwalk::FilmDialog</name>
    <message>
        <source>This system call or frame: %1</source>
        <translation>这个系统调用或帧：%1</translation>
    </message>
    <message>
        <source>The function that runs: %1()</source>
        <translation>正在运行的函数：%1()</translation>
    </message>
    <message>
        <source>From bookmark %1 to bookmark %2</source>
        <translation>从书签 %1 到书签 %2</translation>
    </message>
    <message>
        <source>The whole walk</source>
        <translation>整段走查</translation>
    </message>
    <message>
        <source>Export film</source>
        <translation>导出影片</translation>
    </message>
    <message>
        <source>As written below</source>
        <translation>按下面填写的</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>片段(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
    <message>
        <source>A step (57), a function where it is next called (tcp_v4_rcv), &quot;event 1200&quot;, start or end</source>
        <translation>一步（57）、接下来调用到的函数（tcp_v4_rcv）、“event 1200”、start 或 end</translation>
    </message>
    <message>
        <source>It becomes an MP4, a GIF or a folder of PNG pictures.</source>
        <translation>可存为 MP4、GIF 或一个 PNG 图片文件夹。</translation>
    </message>
    <message>
        <source>&amp;Name the file…</source>
        <translation>命名文件(&amp;N)…</translation>
    </message>
    <message>
        <source>Event: every write</source>
        <translation>事件：每次写入</translation>
    </message>
    <message>
        <source>Call: functions entered and left</source>
        <translation>调用：进入和离开函数</translation>
    </message>
    <message>
        <source>System call or frame</source>
        <translation>系统调用或帧</translation>
    </message>
    <message>
        <source> steps a second</source>
        <translation> 步/秒</translation>
    </message>
    <message>
        <source> pictures a second</source>
        <translation> 幅/秒</translation>
    </message>
    <message>
        <source>What suits the view</source>
        <translation>适合视图的大小</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Ste&amp;p</source>
        <translation>步长(&amp;P)</translation>
    </message>
    <message>
        <source>Pa&amp;ce</source>
        <translation>步速(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Motion</source>
        <translation>画面(&amp;M)</translation>
    </message>
    <message>
        <source>S&amp;ize</source>
        <translation>大小(&amp;I)</translation>
    </message>
    <message>
        <source>The film is being drawn.</source>
        <translation>正在绘制影片。</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
</context>
<context>
    <name>sockwalk::FilmWords</name>
    <message>
        <source>The end of the film lies before its beginning.</source>
        <translation>影片的终点在起点之前。</translation>
    </message>
    <message>
        <source>No step lies between these two moments.</source>
        <translation>这两个时刻之间没有一步。</translation>
    </message>
    <message>
        <source>That is too long for a film: more than %1 pictures. Take larger steps, or a shorter stretch.</source>
        <translation>太长了：会超过 %1 幅画面。请把每步放大，或把这一段缩短。</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), %1 pictures, %2 seconds</source>
        <translation>
            <numerusform>%n 步，%1 幅画面，%2 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>The film was stopped.</source>
        <translation>影片已停止。</translation>
    </message>
    <message>
        <source>is a file and no folder</source>
        <translation>是文件，不是文件夹</translation>
    </message>
    <message>
        <source>is a folder with something in it; name a new one</source>
        <translation>文件夹里已有内容，请另起一个名字</translation>
    </message>
    <message>
        <source>the folder cannot be made</source>
        <translation>无法建立这个文件夹</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>ffmpeg has stopped</source>
        <translation>ffmpeg 已停止</translation>
    </message>
    <message>
        <source>ffmpeg says: %1</source>
        <translation>ffmpeg 报告：%1</translation>
    </message>
    <message>
        <source>The program ffmpeg makes MP4 and GIF of the pictures, and it is not installed here: sudo apt install ffmpeg. Without it the film can be a folder of PNG pictures.</source>
        <translation>MP4 和 GIF 由程序 ffmpeg 制作，这里还没有安装它：sudo apt install ffmpeg。没有它，影片可以存成一个 PNG 图片文件夹。</translation>
    </message>
    <message>
        <source>expected a name that ends in .mp4 or .gif, or a folder&apos;s</source>
        <translation>文件名应以 .mp4 或 .gif 结尾，或者是文件夹名</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>已经存在</translation>
    </message>
    <message>
        <source>its folder cannot be written to</source>
        <translation>所在的文件夹不可写</translation>
    </message>
</context>
<context>
    <name>sockwalk::FilterCanvas</name>
    <message>
        <source>Filters of sockets</source>
        <translation>套接字的过滤器</translation>
    </message>
    <message>
        <source>Arrows go from one instruction to the next, Return goes to where it ran.</source>
        <translation>方向键在指令之间移动，回车到它执行的地方。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>什么</translation>
    </message>
    <message>
        <source>How it is</source>
        <translation>现在怎样</translation>
    </message>
    <message>
        <source>In the latest run</source>
        <translation>最近一次执行</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>%1 from byte %2 read by (%3)</source>
        <translation>从第 %2 字节起的 %1，由 (%3) 读</translation>
    </message>
    <message>
        <source>%1, from where the program sees it</source>
        <translation>%1，从程序看得到的地方起</translation>
    </message>
    <message>
        <source>ran just now</source>
        <translation>刚刚执行</translation>
    </message>
    <message>
        <source>Bytes from %1</source>
        <translation>从 %1 起的字节</translation>
    </message>
</context>
<context>
    <name>sockwalk::FilterView</name>
    <message>
        <source>An instruction, a byte</source>
        <translation>一条指令、一个字节</translation>
    </message>
    <message>
        <source>What ran last is lit, what it read is marked; a click on an instruction goes to where it ran</source>
        <translation>最后执行的点亮，它读过的字节有标记；点击一条指令，到它执行的地方</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open one in which a socket has a filter: its program is drawn here.</source>
        <translation>打开一个走查，其中有套接字带着过滤器：它的程序画在这里。</translation>
    </message>
    <message>
        <source>No socket has a filter now</source>
        <translation>现在没有套接字带着过滤器</translation>
    </message>
    <message>
        <source>A program gives it one by the option SO_ATTACH_FILTER, as tcpdump does: its instructions are drawn here.</source>
        <translation>程序用选项 SO_ATTACH_FILTER 给它一个，tcpdump 就是这样做的：它的指令画在这里。</translation>
    </message>
</context>
<context>
    <name>sockwalk::FindBar</name>
    <message>
        <source>Previous (Shift+Return)</source>
        <translation>上一个（Shift+回车）</translation>
    </message>
    <message>
        <source>Next (Return)</source>
        <translation>下一个（回车）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1/%2</translation>
    </message>
</context>
<context>
    <name>sockwalk::FindPane</name>
    <message>
        <source>Who holds the value</source>
        <translation>谁存着这个值</translation>
    </message>
    <message>
        <source>8080, 10.0.0.1, sk_state = TCP_LISTEN, tcp_sock #1, &quot;GET&quot;, 47 45 54</source>
        <translation>8080、10.0.0.1、sk_state = TCP_LISTEN、tcp_sock #1、&quot;GET&quot;、47 45 54</translation>
    </message>
    <message>
        <source>A number, an address, a pointer, a member&apos;s name and value, an object that is pointed at, text in quotes, bytes: Return looks through all memory of this moment.</source>
        <translation>数字、地址、指针、成员名和它的值、被指向的对象、引号里的文字、字节：按回车在此刻的全部内存里找。</translation>
    </message>
    <message>
        <source>Value to look for in memory</source>
        <translation>要在内存里找的值</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Looks no further; what was found stays (Escape)</source>
        <translation>不再找下去；已找到的留着（Esc）</translation>
    </message>
    <message>
        <source>How far the search is</source>
        <translation>查找进度</translation>
    </message>
    <message>
        <source>All memory of this moment is looked through: objects, the kernel&apos;s own data, packets.</source>
        <translation>在此刻的全部内存里找：对象、内核自己的数据、数据包。</translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 KiB looked through</source>
        <translation>已看过 %1 KiB</translation>
    </message>
    <message>
        <source>Stopped: %1, %2</source>
        <translation>已停止：%1，%2</translation>
    </message>
    <message>
        <source>Looking: %1, %2</source>
        <translation>正在找：%1，%2</translation>
    </message>
    <message>
        <source>The first %1 places; there may be more</source>
        <translation>前 %1 处；可能还有更多</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>sockwalk::FoundModel</name>
    <message>
        <source>object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>how it stands there</source>
        <translation>以什么形式</translation>
    </message>
</context>
<context>
    <name>sockwalk::FrameBytes</name>
    <message>
        <source>Bytes of the packet</source>
        <translation>包的字节</translation>
    </message>
</context>
<context>
    <name>sockwalk::FrameDetails</name>
    <message>
        <source>Fields of the packet</source>
        <translation>包的字段</translation>
    </message>
</context>
<context>
    <name>sockwalk::FrameStrip</name>
    <message>
        <source>Call stack</source>
        <translation>调用栈</translation>
    </message>
    <message>
        <source>Left goes to the caller, right to what it called.</source>
        <translation>左键到调用者，右键到它调用的函数。</translation>
    </message>
    <message>
        <source>%1() at %2, line %3</source>
        <translation>%1()，在 %2 第 %3 行</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>sockwalk::HandoutWords</name>
    <message>
        <source>a handout is written as .pdf or .html</source>
        <translation>讲义写成 .pdf 或 .html</translation>
    </message>
    <message>
        <source>For whoever teaches: with the answers.</source>
        <translation>供教师使用：附答案。</translation>
    </message>
    <message>
        <source>Name: %1 Date: %2</source>
        <translation>姓名：%1 日期：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>There are: %1</source>
        <translation>可选的有：%1</translation>
    </message>
    <message>
        <source>Hint: %1</source>
        <translation>提示：%1</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>The record must show: %1</source>
        <translation>记录必须显示：%1</translation>
    </message>
    <message>
        <source>It is tried in the program, with the lesson open; here is room for a draft.</source>
        <translation>在程序里打开课程后试做；这里可以打草稿。</translation>
    </message>
    <message>
        <source>✓ One that does it:</source>
        <translation>✓ 一种解法：</translation>
    </message>
    <message>
        <source>What you will be able to do</source>
        <translation>你将能够</translation>
    </message>
    <message>
        <source>In the end</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>%1, at the stop “%2”</source>
        <translation>%1，停在“%2”</translation>
    </message>
    <message>
        <source>its folder cannot be written to</source>
        <translation>所在的文件夹不可写</translation>
    </message>
    <message>
        <source>It is tried in the program, with the lesson open.</source>
        <translation>在程序里打开这一课来做。</translation>
    </message>
    <message>
        <source>For whoever teaches</source>
        <translation>给讲课的人</translation>
    </message>
    <message>
        <source>the folder cannot be made</source>
        <translation>无法建立这个文件夹</translation>
    </message>
    <message>
        <source>The course on Linux networking</source>
        <translation>Linux 网络课程</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
</context>
<context>
    <name>sockwalk::HappenedView</name>
    <message>
        <source>What happened, or between whom</source>
        <translation>发生了什么，或在谁之间</translation>
    </message>
</context>
<context>
    <name>sockwalk::HappeningsModel</name>
    <message>
        <source>good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>坏</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>packet %1, %2</source>
        <translation>第 %1 个包，%2</translation>
    </message>
    <message>
        <source>decided by %1()</source>
        <translation>由 %1() 决定</translation>
    </message>
    <message>
        <source>%1, at %2 s</source>
        <translation>%1，在 %2 秒</translation>
    </message>
    <message>
        <source>%1, at %2 s on %3</source>
        <translation>%1，在 %2 秒，主机 %3</translation>
    </message>
</context>
<context>
    <name>sockwalk::HappeningsPane</name>
    <message>
        <source>What happened here</source>
        <translation>这里发生了什么</translation>
    </message>
    <message>
        <source>problems only</source>
        <translation>只看问题</translation>
    </message>
    <message>
        <source>Leaves out what is usual: connections that begin, notices</source>
        <translation>略去平常的事：连接建立、提示</translation>
    </message>
    <message>
        <source>Nothing here was a problem.</source>
        <translation>这里没有出问题。</translation>
    </message>
    <message>
        <source>Nothing worth telling has happened yet: no connection, no loss, nothing dropped or refused.</source>
        <translation>还没有发生值得说的事：没有连接，没有丢失，没有丢弃或拒绝。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，共 %2</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Shows waits, wake-ups and changes of state between them</source>
        <translation>同时显示其间的等待、唤醒和状态变化</translation>
    </message>
</context>
<context>
    <name>sockwalk::HeatModel</name>
    <message numerus="yes">
        <source>%n writes</source>
        <translation>
            <numerusform>写了 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the hottest is line %2 with %3</source>
        <translation>%1；最热的是第 %2 行，%3 次</translation>
    </message>
    <message>
        <source>Cache line %1: %2 writes in the whole walk, %3 up to here, %4 in this call or frame</source>
        <translation>缓存行 %1：整个走查写了 %2 次，到这里为止 %3 次，这次调用或这一帧里 %4 次</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>who wrote most</source>
        <translation>谁写得最多</translation>
    </message>
    <message>
        <source>what begins in it</source>
        <translation>从这一行开始的成员</translation>
    </message>
</context>
<context>
    <name>sockwalk::HeatPane</name>
    <message>
        <source>Heat of the cache lines</source>
        <translation>缓存行的冷热</translation>
    </message>
    <message>
        <source>Which writes are counted</source>
        <translation>数哪些写入</translation>
    </message>
    <message>
        <source>%1 (the record is being read)</source>
        <translation>%1（正在读取记录）</translation>
    </message>
</context>
<context>
    <name>sockwalk::HistoryDelegate</name>
    <message>
        <source>%1 again</source>
        <translation>%1，又一次</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
</context>
<context>
    <name>sockwalk::HistoryPane</name>
    <message>
        <source>History of the member</source>
        <translation>成员的历史</translation>
    </message>
    <message>
        <source>stop on change</source>
        <translation>变化时停</translation>
    </message>
    <message>
        <source>previous write</source>
        <translation>上一次写</translation>
    </message>
    <message>
        <source>Go back to the write before this moment</source>
        <translation>回到此刻之前的那次写入</translation>
    </message>
    <message>
        <source>next write</source>
        <translation>下一次写</translation>
    </message>
    <message>
        <source>Go to the next write of this member</source>
        <translation>去这个成员的下一次写入</translation>
    </message>
    <message>
        <source>History of %1 (the last %2 writes)</source>
        <translation>%1 的历史（最近 %2 次写入）</translation>
    </message>
    <message>
        <source>%1 is never written</source>
        <translation>%1 从没写过</translation>
    </message>
    <message>
        <source>watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Keep this member in the list of what is watched (W)</source>
        <translation>把这个成员放进监视列表（W）</translation>
    </message>
    <message>
        <source>While the walk runs, stop where this member changes</source>
        <translation>运行时，在这个成员变化处停下</translation>
    </message>
    <message>
        <source>Who wrote %1</source>
        <translation>谁写了 %1</translation>
    </message>
    <message>
        <source>Who wrote %1 (the record is being read)</source>
        <translation>谁写过 %1（正在读取记录）</translation>
    </message>
</context>
<context>
    <name>sockwalk::HostDialog</name>
    <message>
        <source> and more</source>
        <translation> 等等</translation>
    </message>
    <message>
        <source>a bystander</source>
        <translation>旁观者</translation>
    </message>
    <message>
        <source>both ends of lo</source>
        <translation>lo 的两端</translation>
    </message>
    <message>
        <source>a router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>client and server</source>
        <translation>客户端兼服务器</translation>
    </message>
    <message>
        <source>client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>begun before the capture</source>
        <translation>抓包之前就开始了</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>遭到拒绝</translation>
    </message>
    <message>
        <source>whole, ended by RST</source>
        <translation>完整，以 RST 结束</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>not ended</source>
        <translation>没有结束</translation>
    </message>
    <message>
        <source>Open capture</source>
        <translation>打开抓包</translation>
    </message>
    <message>
        <source>Which host do you want to be?</source>
        <translation>你想当哪台主机？</translation>
    </message>
    <message>
        <source>%1 holds %L2 frames. The simulated eth0 takes the addresses of the host you choose, and receives every frame that was sent to it.</source>
        <translation>%1 有 %L2 个帧。模拟的 eth0 取你选的主机的地址，收到发给它的每一个帧。</translation>
    </message>
    <message>
        <source>Hosts of the capture</source>
        <translation>抓包里的主机</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>IPv4 addresses</source>
        <translation>IPv4 地址</translation>
    </message>
    <message>
        <source>role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Flows of the chosen host</source>
        <translation>所选主机的流</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流</translation>
    </message>
    <message>
        <source>began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>  (proposed)</source>
        <translation> （建议）</translation>
    </message>
</context>
<context>
    <name>sockwalk::JourneyModel</name>
    <message>
        <source>%1(): data %2, tail %3, layer %4. Click to go there.</source>
        <translation>%1()：data %2，tail %3，%4 层。点一下就去那里。</translation>
    </message>
    <message>
        <source>stop %1 of %2: %3, data %4, tail %5</source>
        <translation>第 %1 站，共 %2 站：%3，data %4，tail %5</translation>
    </message>
    <message>
        <source>, here now</source>
        <translation>，现在就在这里</translation>
    </message>
</context>
<context>
    <name>sockwalk::LabCard</name>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Puts a script that does it in the place of yours</source>
        <translation>用能做到的脚本换掉你的</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Says below where to look</source>
        <translation>在下面说该看哪里</translation>
    </message>
    <message>
        <source>You may use a script, the console and the wire.</source>
        <translation>可以用脚本、控制台和线路。</translation>
    </message>
    <message>
        <source>You may use a script and the console.</source>
        <translation>可以用脚本和控制台。</translation>
    </message>
    <message>
        <source>You may use a script and the wire.</source>
        <translation>可以用脚本和线路。</translation>
    </message>
    <message>
        <source>You may use the console and the wire.</source>
        <translation>可以用控制台和线路。</translation>
    </message>
    <message>
        <source>You may use the console.</source>
        <translation>可以用控制台。</translation>
    </message>
    <message>
        <source>You may use the wire.</source>
        <translation>可以用线路。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Begins anew and types what does it, so that you can walk through it</source>
        <translation>重新开始，并键入能做到的内容，你可以从中走过</translation>
    </message>
    <message>
        <source>Back to the lesson</source>
        <translation>回到课程</translation>
    </message>
    <message>
        <source>The lesson&apos;s walk is back; the lab stays as it is, and you can go on with it</source>
        <translation>课程的走查回来；实验保持原样，可以接着做</translation>
    </message>
    <message>
        <source>Plays the script and asks its record for the goals (Ctrl+Enter)</source>
        <translation>播放脚本，并按记录核对各项目标（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>The script in a window of its own</source>
        <translation>在单独的窗口里编辑脚本</translation>
    </message>
    <message>
        <source>Walk through it</source>
        <translation>走一遍</translation>
    </message>
    <message>
        <source>Plays the script and opens its record in the views</source>
        <translation>播放脚本，并在各视图里打开它的记录</translation>
    </message>
</context>
<context>
    <name>sockwalk::LabEditor</name>
    <message>
        <source>The script of this lab</source>
        <translation>本实验的脚本</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Plays the script and asks its record for the goals (Ctrl+Enter)</source>
        <translation>播放脚本，并按记录核对各项目标（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Walk through it</source>
        <translation>走一遍</translation>
    </message>
    <message>
        <source>Plays the script and opens its record in the views</source>
        <translation>播放脚本，并在各视图里打开它的记录</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>sockwalk::LadderCanvas</name>
    <message>
        <source>Ladder</source>
        <translation>梯形图</translation>
    </message>
    <message>
        <source>on the way for %1</source>
        <translation>在途 %1</translation>
    </message>
    <message>
        <source>The segments between the two ends. Up and down go from one to the next, Return goes there.</source>
        <translation>两端之间的段。上下键逐段移动，回车前往。</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>段</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Arrives</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>由谁发出</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>带来什么</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>在途中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Click: looks at this socket.</source>
        <translation>单击：查看这个套接字。</translation>
    </message>
</context>
<context>
    <name>sockwalk::LadderView</name>
    <message>
        <source>The connection that is shown</source>
        <translation>所显示的连接</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Show the connection that the walk is about</source>
        <translation>显示走查正在处理的连接</translation>
    </message>
    <message>
        <source>%1 · 1 frame</source>
        <translation>%1 · 1 帧</translation>
    </message>
    <message>
        <source>%1 · %L2 frames</source>
        <translation>%1 · %L2 帧</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the segments of its connections appear here.</source>
        <translation>打开一个场景或抓包文件：它的连接中的段会显示在这里。</translation>
    </message>
    <message>
        <source>The record is being read</source>
        <translation>正在读取记录</translation>
    </message>
    <message>
        <source>Its connections appear here in a moment.</source>
        <translation>它的连接稍后会显示在这里。</translation>
    </message>
    <message>
        <source>No segment and no datagram yet</source>
        <translation>还没有段，也没有数据报</translation>
    </message>
    <message>
        <source>When two hosts, or a host and the network behind the wire, exchange TCP or UDP, it is drawn here.</source>
        <translation>两台主机之间，或主机与线路另一端的网络之间交换 TCP 或 UDP 时，会画在这里。</translation>
    </message>
    <message>
        <source>A segment, by its numbers</source>
        <translation>按序号等数字查找段</translation>
    </message>
</context>
<context>
    <name>sockwalk::LatencyCanvas</name>
    <message>
        <source>Where the time of packets went</source>
        <translation>包的时间花在哪里</translation>
    </message>
    <message>
        <source>in no sk_buff</source>
        <translation>不在任何 sk_buff 中</translation>
    </message>
    <message>
        <source>waits for %1 in the %2 layer</source>
        <translation>在%2层等待 %1</translation>
    </message>
    <message>
        <source>%1 in the %2 layer</source>
        <translation>在%2层 %1</translation>
    </message>
    <message>
        <source>A line for each packet. Up and down go from one to the next, Return goes there.</source>
        <translation>每个包一行。上下键逐包移动，回车前往。</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Piece by piece</source>
        <translation>逐段</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>in</source>
        <translation>入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>出</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>sockwalk::LatencyView</name>
    <message>
        <source>Simulated time: each event counts 10 ns. It orders what happens; it does not measure a processor.</source>
        <translation>模拟时间：每个事件算 10 ns。它排出先后，并不度量处理器。</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: where the time of its packets went is drawn here.</source>
        <translation>打开一个场景或抓包文件：它的包的时间花在哪里会画在这里。</translation>
    </message>
    <message>
        <source>No packet yet</source>
        <translation>还没有包</translation>
    </message>
    <message>
        <source>When one comes or goes, where its time went is drawn here, layer by layer.</source>
        <translation>有包到来或发出时，它的时间花在哪里会逐层画在这里。</translation>
    </message>
    <message>
        <source>A packet, by what is in it</source>
        <translation>按内容查找数据包</translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonEnd</name>
    <message>
        <source>✓ You have been through all of it</source>
        <translation>✓ 这一课走完了</translation>
    </message>
    <message>
        <source>What you looked at:</source>
        <translation>看过的内容：</translation>
    </message>
    <message>
        <source>Next lesson  ▶</source>
        <translation>下一课  ▶</translation>
    </message>
    <message>
        <source>This lesson once more</source>
        <translation>这一课再来一遍</translation>
    </message>
    <message>
        <source>To the welcome page</source>
        <translation>到欢迎页</translation>
    </message>
    <message>
        <source>◀  Back to its last stop</source>
        <translation>◀  回到最后一停</translation>
    </message>
    <message>
        <source>Close it and stay in the walk</source>
        <translation>关掉，留在走查里</translation>
    </message>
    <message>
        <source>It asked no questions.</source>
        <translation>这一课没有提问。</translation>
    </message>
    <message>
        <source>You answered every question right at once.</source>
        <translation>每个问题你都一次答对。</translation>
    </message>
    <message numerus="yes">
        <source>Of its %n question(s) you answered %1 right at once.</source>
        <translation>
            <numerusform>%n 个问题，你一次答对了 %1 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一课：%1</translation>
    </message>
    <message>
        <source>That is %1 of %2 points.</source>
        <translation>共得 %1 分，满分 %2 分。</translation>
    </message>
    <message>
        <source>What you can do now:</source>
        <translation>你现在会做的：</translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonGuide</name>
    <message>
        <source>Write a lesson</source>
        <translation>编写课程</translation>
    </message>
    <message>
        <source>The lesson&apos;s &amp;folder:</source>
        <translation>课程的文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Make it from the template</source>
        <translation>用模板新建</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Open it in the window</source>
        <translation>在窗口中打开</translation>
    </message>
    <message>
        <source>What is wrong with the lesson</source>
        <translation>课程里哪里不对</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There is a lesson in this folder.</source>
        <translation>这个文件夹里有一课。</translation>
    </message>
    <message>
        <source>There is no lesson in this folder yet.</source>
        <translation>这个文件夹里还没有课程。</translation>
    </message>
    <message>
        <source>Say where the lesson is to lie.</source>
        <translation>请填写课程放在哪里。</translation>
    </message>
    <message>
        <source>The folder of a lesson</source>
        <translation>课程的文件夹</translation>
    </message>
    <message>
        <source>It is made. Change lesson.md in an editor of your own; the window shows it anew whenever you save it.</source>
        <translation>已建好。用你自己的编辑器修改 lesson.md；每次保存，窗口都会显示新的内容。</translation>
    </message>
    <message>
        <source>Nothing is wrong with this lesson.</source>
        <translation>这一课没有问题。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) are wrong with this lesson:</source>
        <translation>
            <numerusform>这一课有 %n 处不对：</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonPanel</name>
    <message>
        <source>Calls of this stimulus</source>
        <translation>这次触发的调用</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>开始上课</translation>
    </message>
    <message>
        <source>%1 (%2 min)</source>
        <translation>%1（%2 分钟）</translation>
    </message>
    <message>
        <source>No lessons were found beside the program</source>
        <translation>程序旁边没有找到课程</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Leave the lesson; the walk stays open</source>
        <translation>离开这一课；走查仍然打开</translation>
    </message>
    <message>
        <source>◀  Back</source>
        <translation>◀  上一停</translation>
    </message>
    <message>
        <source>Next  ▶</source>
        <translation>下一停  ▶</translation>
    </message>
    <message>
        <source>stop %1 of %2</source>
        <translation>第 %1 停，共 %2 停</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>什么都没打开</translation>
    </message>
    <message>
        <source>Open a scenario or a capture, or start a lesson.</source>
        <translation>打开脚本或抓包，或者开始上课。</translation>
    </message>
    <message>
        <source>The machine has not been switched on yet.</source>
        <translation>机器还没有开机。</translation>
    </message>
    <message>
        <source>Before boot</source>
        <translation>启动之前</translation>
    </message>
    <message>
        <source>result %1</source>
        <translation>结果 %1</translation>
    </message>
    <message>
        <source>In these words</source>
        <translation>在这些文字里</translation>
    </message>
    <message>
        <source>⚠ %1 is broken</source>
        <translation>⚠ %1 有错</translation>
    </message>
    <message>
        <source>The engine has no answer to this, so yours is not wrong: %1</source>
        <translation>引擎对此没有答案，所以你没有答错：%1</translation>
    </message>
    <message>
        <source>Predict ↓</source>
        <translation>先预测 ↓</translation>
    </message>
    <message>
        <source>Your numbers: %1 (seed %2)</source>
        <translation>你的数字：%1（种子 %2）</translation>
    </message>
    <message>
        <source>✗ That is not what it brings about.</source>
        <translation>✗ 它造成的不是所问的。</translation>
    </message>
    <message>
        <source>It gives back %1.</source>
        <translation>它返回 %1。</translation>
    </message>
    <message>
        <source>The stop before (Alt+PgUp)</source>
        <translation>上一停（Alt+PgUp）</translation>
    </message>
    <message>
        <source>The next stop (Alt+PgDown)</source>
        <translation>下一停（Alt+PgDown）</translation>
    </message>
    <message>
        <source>Lab ↓</source>
        <translation>实验 ↓</translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonTrouble</name>
    <message>
        <source>It begins once this is mended. The file is read again when it is saved.</source>
        <translation>改好之后才能开始。文件一保存就会重新读取。</translation>
    </message>
    <message>
        <source>Check it again</source>
        <translation>再检查</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>离开</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n thing(s) are wrong with this lesson</source>
        <translation>
            <numerusform>%1：这一课有 %n 处错误</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::LiveCaptureDialog</name>
    <message>
        <source>Live capture</source>
        <translation>实时抓包</translation>
    </message>
    <message>
        <source>Which frames to take, in the language of tcpdump; empty: all of them</source>
        <translation>要哪些帧，用 tcpdump 的写法；留空就是全部</translation>
    </message>
    <message>
        <source>whole frames</source>
        <translation>整个帧</translation>
    </message>
    <message>
        <source>%L1 bytes of each</source>
        <translation>每帧 %L1 字节</translation>
    </message>
    <message>
        <source>Also frames for other hosts</source>
        <translation>也要发给别的主机的帧</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>还没有记录。</translation>
    </message>
    <message>
        <source>Record the frames that pass an interface, and walk through them</source>
        <translation>记录经过一个接口的帧，再走一遍</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop and walk</source>
        <translation>停止并走查</translation>
    </message>
    <message>
        <source>Walk while it goes on</source>
        <translation>边抓边走查</translation>
    </message>
    <message>
        <source>The filter is not understood: %1</source>
        <translation>看不懂这个过滤条件：%1</translation>
    </message>
    <message>
        <source>Recording into %1 …</source>
        <translation>正在记录到 %1 …</translation>
    </message>
    <message>
        <source>%1, into %2</source>
        <translation>%1，写入 %2</translation>
    </message>
    <message>
        <source>Interfaces of this machine</source>
        <translation>这台机器的网络接口</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>all of them at once</source>
        <translation>全部接口一起</translation>
    </message>
    <message>
        <source>down</source>
        <translation>未启用</translation>
    </message>
    <message>
        <source>up, this machine only</source>
        <translation>已启用，仅限本机</translation>
    </message>
    <message>
        <source>up, nothing plugged in</source>
        <translation>已启用，没有接线</translation>
    </message>
    <message>
        <source>up, wireless</source>
        <translation>已启用，无线</translation>
    </message>
    <message>
        <source>up</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>This program may not record frames yet. To allow it once, type in a terminal:
%1</source>
        <translation>这个程序还没有抓包的权限。要授权一次，请在终端里输入：
%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::LiveRecording</name>
    <message>
        <source>%1: %L2 frames</source>
        <translation>%1：%L2 帧</translation>
    </message>
    <message>
        <source>, %L1 lost</source>
        <translation>，丢失 %L1</translation>
    </message>
    <message>
        <source>%1; the interface is down</source>
        <translation>%1；接口已关闭</translation>
    </message>
</context>
<context>
    <name>sockwalk::MainWindow</name>
    <message>
        <source>Sockwalk</source>
        <translation>Sockwalk</translation>
    </message>
    <message>
        <source>The whole walk</source>
        <translation>整个走查</translation>
    </message>
    <message>
        <source>TAP %1, eth0 is %2</source>
        <translation>TAP %1，eth0 是 %2</translation>
    </message>
    <message>
        <source>The simulated kernel is on the wire. Try, in a terminal of this machine:
ping %1</source>
        <translation>模拟的内核已经接到线上。在本机的终端里试试：
ping %1</translation>
    </message>
    <message>
        <source>The walk differs from its script:</source>
        <translation>走查与脚本不符：</translation>
    </message>
    <message numerus="yes">
        <source>The walk differs from its script in %n places:</source>
        <translation>
            <numerusform>走查有 %n 处与脚本不符：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… 还有 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>已存到 %1</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Sessions (*.sockwalk)</source>
        <translation>会话 (*.sockwalk)</translation>
    </message>
    <message>
        <source>Drawn in %1</source>
        <translation>已画到 %1</translation>
    </message>
    <message>
        <source>Export picture of %1</source>
        <translation>导出 %1 的图片</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 写入 %2</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Captures (*.pcapng);;JSON (*.json)</source>
        <translation>抓包 (*.pcapng);;JSON (*.json)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open s&amp;ample</source>
        <translation>打开示例(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>保存会话(&amp;S)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export picture…</source>
        <translation>导出图片(&amp;E)…</translation>
    </message>
    <message>
        <source>Export &amp;packets…</source>
        <translation>导出数据包(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Walk: %1</source>
        <translation>走查：%1</translation>
    </message>
    <message>
        <source>Capture: %1</source>
        <translation>抓包：%1</translation>
    </message>
    <message>
        <source>&amp;Walk</source>
        <translation>走查(&amp;W)</translation>
    </message>
    <message>
        <source>The call, as in a scenario or on the console:</source>
        <translation>要发出的调用，写法与脚本、控制台相同：</translation>
    </message>
    <message>
        <source>&amp;Sockets</source>
        <translation>套接字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;socket()</source>
        <translation>socket()(&amp;S)</translation>
    </message>
    <message>
        <source>TCP stream</source>
        <translation>TCP 流</translation>
    </message>
    <message>
        <source>UDP datagram</source>
        <translation>UDP 数据报</translation>
    </message>
    <message>
        <source>Raw ICMP</source>
        <translation>原始 ICMP</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>TCP, close-on-exec, non-blocking</source>
        <translation>TCP，exec 时关闭，非阻塞</translation>
    </message>
    <message>
        <source>Unix stream</source>
        <translation>Unix 流</translation>
    </message>
    <message>
        <source>Netlink</source>
        <translation>Netlink</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>Packet</translation>
    </message>
    <message>
        <source>Unknown family (EAFNOSUPPORT)</source>
        <translation>未知的协议族（EAFNOSUPPORT）</translation>
    </message>
    <message>
        <source>Wrong protocol (EPROTONOSUPPORT)</source>
        <translation>不对的协议（EPROTONOSUPPORT）</translation>
    </message>
    <message>
        <source>&amp;bind()…</source>
        <translation>bind()(&amp;B)…</translation>
    </message>
    <message>
        <source>bind</source>
        <translation>bind</translation>
    </message>
    <message>
        <source>&amp;recvfrom()…</source>
        <translation>recvfrom()(&amp;R)…</translation>
    </message>
    <message>
        <source>recvfrom</source>
        <translation>recvfrom</translation>
    </message>
    <message>
        <source>&amp;close()…</source>
        <translation>close()(&amp;C)…</translation>
    </message>
    <message>
        <source>close</source>
        <translation>close</translation>
    </message>
    <message>
        <source>Any other call, on the c&amp;onsole</source>
        <translation>其他调用，在控制台上(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;TAP…</source>
        <translation>TAP(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Live capture…</source>
        <translation>实时抓包(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Show each frame as it climbs</source>
        <translation>跟着每个帧往上走(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Two stages side by &amp;side</source>
        <translation>两个视图并排(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Docks</source>
        <translation>停靠窗口(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>深色(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Large type</source>
        <translation>大号字体(&amp;L)</translation>
    </message>
    <message>
        <source>Reduced &amp;motion</source>
        <translation>减少动画(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Sockwalk</source>
        <translation>关于 Sockwalk(&amp;A)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>Sockwalk[*]</source>
        <translation>Sockwalk[*]</translation>
    </message>
    <message>
        <source>%1[*] — Sockwalk</source>
        <translation>%1[*] — Sockwalk</translation>
    </message>
    <message>
        <source>“%1” has changes that are in no file yet.</source>
        <translation>“%1” 有还没存进文件的改动。</translation>
    </message>
    <message>
        <source>What you typed on the console, what you marked and what a TAP brought is lost unless you save the session.</source>
        <translation>不保存会话，你在控制台输入的、加的书签和 TAP 带来的都会丢失。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Don&apos;t save</source>
        <translation>不保存(&amp;D)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing has been opened yet</source>
        <translation>还没有打开过文件</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>清空列表(&amp;C)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>偏好设置(&amp;F)…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>欢迎(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Bookmarks</source>
        <translation>书签(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Bookmark this moment…</source>
        <translation>给这一刻加书签(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Remove this bookmark</source>
        <translation>删除这个书签(&amp;R)</translation>
    </message>
    <message>
        <source>Back to where you &amp;were</source>
        <translation>回到刚才的位置(&amp;W)</translation>
    </message>
    <message>
        <source>And &amp;on again</source>
        <translation>再往前(&amp;O)</translation>
    </message>
    <message>
        <source>before the boot</source>
        <translation>启动之前</translation>
    </message>
    <message>
        <source>No moment is marked yet</source>
        <translation>还没有书签</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>A note on this moment:
%1</source>
        <translation>给这一刻写一句批注：
%1</translation>
    </message>
    <message>
        <source>Marked; the Bookmarks menu leads here.</source>
        <translation>已加书签；从“书签”菜单可以回到这里。</translation>
    </message>
    <message>
        <source>You have jumped from nowhere else.</source>
        <translation>你还没有从别处跳转过来。</translation>
    </message>
    <message>
        <source>There is no later place.</source>
        <translation>后面没有去过的位置了。</translation>
    </message>
    <message>
        <source>Show the welcome page at the start</source>
        <translation>启动时显示欢迎页</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>课程(&amp;L)</translation>
    </message>
    <message>
        <source>Goes on at stop %1.</source>
        <translation>从第 %1 停继续。</translation>
    </message>
    <message>
        <source>Begins the lesson.</source>
        <translation>开始这一课。</translation>
    </message>
    <message>
        <source>No lessons were found beside the program</source>
        <translation>程序旁边没有找到课程</translation>
    </message>
    <message>
        <source>There is nothing to find in here yet.</source>
        <translation>这里还没有可查找的内容。</translation>
    </message>
    <message>
        <source>until</source>
        <translation>直到</translation>
    </message>
    <message>
        <source>Runs on to where this holds next.</source>
        <translation>前进到它下次成立之处。</translation>
    </message>
    <message>
        <source>What is open is in no file yet: save it, and a link can lead to it.</source>
        <translation>打开的内容还不在任何文件里：先保存，链接才能通到它。</translation>
    </message>
    <message>
        <source>Copied: %1. What you changed since is not in the file yet.</source>
        <translation>已复制：%1。此后的改动还不在文件里。</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>A link to a moment, such as sockwalk:two.pkt#step=57:</source>
        <translation>通往某一刻的链接，例如 sockwalk:two.pkt#step=57：</translation>
    </message>
    <message>
        <source>The link leads to a file that is not there: %1</source>
        <translation>链接指向的文件不存在：%1</translation>
    </message>
    <message>
        <source>The link leads nowhere in this file: %1</source>
        <translation>链接在这个文件里找不到去处：%1</translation>
    </message>
    <message>
        <source>Open &amp;link…</source>
        <translation>打开链接(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Find in this view…</source>
        <translation>在此视图中查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Run &amp;until…</source>
        <translation>运行到(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Search everything…</source>
        <translation>搜索一切(&amp;S)…</translation>
    </message>
    <message>
        <source>Fee&amp;d</source>
        <translation>接入(&amp;D)</translation>
    </message>
    <message>
        <source>Stage in the &amp;whole window</source>
        <translation>舞台占满窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Fold or unfold the dock that has the keys</source>
        <translation>折叠或展开有键盘焦点的停靠窗口(&amp;F)</translation>
    </message>
    <message>
        <source>La&amp;youts</source>
        <translation>布局(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>Two-minute &amp;tour</source>
        <translation>两分钟导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;All bookmarks and notes…</source>
        <translation>全部书签与批注(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Copy link to this moment</source>
        <translation>复制通往这一刻的链接(&amp;C)</translation>
    </message>
    <message>
        <source>a moment that is not recorded yet</source>
        <translation>还没有记录到的一刻</translation>
    </message>
    <message>
        <source>The tour opens a walk of its own. Disconnect what is connected first (Feed &gt; Disconnect).</source>
        <translation>导览会打开自己的走查。请先断开连接（接入 &gt; 断开）。</translation>
    </message>
    <message>
        <source>New here? In two minutes a tour shows what is where.</source>
        <translation>第一次来？两分钟的导览带你看什么在哪里。</translation>
    </message>
    <message>
        <source>&amp;Take the tour</source>
        <translation>开始导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;No, thanks</source>
        <translation>不用了(&amp;N)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>课堂(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Before a class</source>
        <translation>课堂演示(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Share this walk…</source>
        <translation>共享这次走查(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;End sharing</source>
        <translation>结束共享(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Join a class…</source>
        <translation>加入课堂(&amp;J)…</translation>
    </message>
    <message>
        <source>Back to the &amp;teacher</source>
        <translation>回到老师处(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Leave the class</source>
        <translation>离开课堂(&amp;L)</translation>
    </message>
    <message numerus="yes">
        <source>%n follow this walk</source>
        <translation>
            <numerusform>%n 人跟随这次走查</numerusform>
        </translation>
    </message>
    <message>
        <source>This walk is not shared any more.</source>
        <translation>这次走查不再共享。</translation>
    </message>
    <message>
        <source>The teacher has ended the class. The walk stays yours.</source>
        <translation>老师结束了课堂。走查留给你。</translation>
    </message>
    <message>
        <source>There is nothing to show yet: open a walk or start a lesson.</source>
        <translation>还没有可展示的内容：请打开一次走查或开始一课。</translation>
    </message>
    <message>
        <source>The walk is still being recorded; share it when it is whole.</source>
        <translation>走查还在记录中；等它完整后再共享。</translation>
    </message>
    <message>
        <source>Writing the walk for the class…</source>
        <translation>正在为课堂写出走查…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>in any browser, or in Sockwalk by Class, Join a class</source>
        <translation>用任何浏览器，或在 Sockwalk 中选“课堂”&gt;“加入课堂”</translation>
    </message>
    <message>
        <source>in Sockwalk by Class, Join a class (it is too long for a browser)</source>
        <translation>在 Sockwalk 中选“课堂”&gt;“加入课堂”（它太长，浏览器放不下）</translation>
    </message>
    <message>
        <source>The walk is shared in this network, without names. The class follows it %1:
%2</source>
        <translation>走查已在本网络中共享，不记姓名。学生这样跟随（%1）：
%2</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>End sharing</source>
        <translation>结束共享</translation>
    </message>
    <message>
        <source>Join a class</source>
        <translation>加入课堂</translation>
    </message>
    <message>
        <source>The address on the teacher&apos;s screen:</source>
        <translation>老师屏幕上的地址：</translation>
    </message>
    <message>
        <source>Fetching the walk…</source>
        <translation>正在取得走查…</translation>
    </message>
    <message>
        <source>The walk of the class cannot be kept: %1</source>
        <translation>无法保存课堂的走查：%1</translation>
    </message>
    <message>
        <source>A class&apos;s walk</source>
        <translation>课堂的走查</translation>
    </message>
    <message>
        <source>No edge of what has the keys can move this way.</source>
        <translation>键盘所在的部分在这个方向上没有可以移动的边界。</translation>
    </message>
    <message>
        <source>&amp;Edges</source>
        <translation>边界(&amp;E)</translation>
    </message>
    <message>
        <source>What has the keys: &amp;wider</source>
        <translation>键盘所在部分：加宽(&amp;W)</translation>
    </message>
    <message>
        <source>What has the keys: &amp;narrower</source>
        <translation>键盘所在部分：变窄(&amp;N)</translation>
    </message>
    <message>
        <source>What has the keys: &amp;higher</source>
        <translation>键盘所在部分：加高(&amp;H)</translation>
    </message>
    <message>
        <source>What has the keys: &amp;lower</source>
        <translation>键盘所在部分：变矮(&amp;L)</translation>
    </message>
    <message>
        <source>Drawn in %1, up to %2 px: the whole is larger.</source>
        <translation>已画入 %1，只到 %2 px：全图还要更大。</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</source>
        <translation>SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Export &amp;picture…</source>
        <translation>导出图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Open something first: a film is a stretch of a walk.</source>
        <translation>先打开一段走查：影片取的是其中一段。</translation>
    </message>
    <message>
        <source>The walk is still being recorded; a film can be made of it then.</source>
        <translation>这段走查还在记录，记录完才能制作影片。</translation>
    </message>
    <message>
        <source>Folder of PNG pictures (*)</source>
        <translation>PNG 图片文件夹 (*)</translation>
    </message>
    <message>
        <source>MP4 (*.mp4);;GIF (*.gif)</source>
        <translation>MP4 (*.mp4);;GIF (*.gif)</translation>
    </message>
    <message>
        <source>Export film of %1</source>
        <translation>导出影片：%1</translation>
    </message>
    <message>
        <source>The film is in %1</source>
        <translation>影片已存入 %1</translation>
    </message>
    <message>
        <source>The film was stopped.</source>
        <translation>影片已停止。</translation>
    </message>
    <message>
        <source>Find %1 in all memory</source>
        <translation>在全部内存里找 %1</translation>
    </message>
    <message>
        <source>Who holds it, in Structure</source>
        <translation>谁存着它，在“结构体”里看</translation>
    </message>
    <message>
        <source>Show &amp;beside</source>
        <translation>并排显示(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Change places</source>
        <translation>左右互换(&amp;C)</translation>
    </message>
    <message>
        <source>Go to the &amp;other</source>
        <translation>转到另一侧(&amp;O)</translation>
    </message>
    <message>
        <source>Export &amp;film…</source>
        <translation>导出影片(&amp;F)…</translation>
    </message>
    <message>
        <source>Find a &amp;value in all memory…</source>
        <translation>在全部内存里找一个值(&amp;V)…</translation>
    </message>
    <message>
        <source>The walk is still being recorded; export it when it is whole.</source>
        <translation>走查还在记录中；等它完整后再导出。</translation>
    </message>
    <message>
        <source>Writing the page…</source>
        <translation>正在写出网页…</translation>
    </message>
    <message numerus="yes">
        <source>%n steps in %1</source>
        <translation>
            <numerusform>%1 中有 %n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the walk as a page</source>
        <translation>把走查导出为网页</translation>
    </message>
    <message>
        <source>A page for any browser (*.html);;For a learning system, SCORM 1.2 (*.zip)</source>
        <translation>供任何浏览器使用的网页 (*.html);;供学习系统使用，SCORM 1.2 (*.zip)</translation>
    </message>
    <message>
        <source>Export pa&amp;ge…</source>
        <translation>导出网页(&amp;G)…</translation>
    </message>
    <message>
        <source>Everything Sockwalk opens (*.pkt *.pcap *.pcapng *.cap *.gz *.zst *.xz *.sockwalk *.swlesson lesson.md);;Scenarios (*.pkt);;Captures (*.pcap *.pcapng *.cap *.gz *.zst *.xz);;Sessions (*.sockwalk);;Lessons (*.swlesson lesson.md);;All files (*)</source>
        <translation>Sockwalk 能打开的一切 (*.pkt *.pcap *.pcapng *.cap *.gz *.zst *.xz *.sockwalk *.swlesson lesson.md);;场景 (*.pkt);;抓包 (*.pcap *.pcapng *.cap *.gz *.zst *.xz);;会话 (*.sockwalk);;课程 (*.swlesson lesson.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>E&amp;xport results…</source>
        <translation>导出成绩(&amp;X)…</translation>
    </message>
    <message>
        <source>How far you came in each lesson, and how you answered, as a table (CSV) or JSON.</source>
        <translation>每一课走到了哪里、答得怎样，存成表格 (CSV) 或 JSON。</translation>
    </message>
    <message>
        <source>Handout with a&amp;nswers…</source>
        <translation>讲义（附答案）(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Handout…</source>
        <translation>讲义(&amp;H)…</translation>
    </message>
    <message>
        <source>Open a lesson first: a handout is of the lesson that is open.</source>
        <translation>请先打开一课：讲义属于打开的那一课。</translation>
    </message>
    <message>
        <source>The lesson on paper, for whoever teaches it.</source>
        <translation>纸上的课程，供教师使用。</translation>
    </message>
    <message>
        <source>The lesson on paper; nothing in it gives an answer away, pictures included.</source>
        <translation>纸上的课程；其中没有任何内容泄露答案，图也不例外。</translation>
    </message>
    <message>
        <source>Handout with answers</source>
        <translation>讲义（附答案）</translation>
    </message>
    <message>
        <source>Handout</source>
        <translation>讲义</translation>
    </message>
    <message>
        <source>PDF (*.pdf);;A page for any browser (*.html)</source>
        <translation>PDF (*.pdf);;任何浏览器都能看的网页 (*.html)</translation>
    </message>
    <message>
        <source>Drawing the handout…</source>
        <translation>正在绘制讲义…</translation>
    </message>
    <message>
        <source>The handout is in %1</source>
        <translation>讲义在 %1 中</translation>
    </message>
    <message>
        <source>Write a &amp;lesson</source>
        <translation>编写课程(&amp;L)</translation>
    </message>
    <message>
        <source>Name beside your results</source>
        <translation>成绩旁的名字</translation>
    </message>
    <message>
        <source>May be empty; it is kept on this machine alone</source>
        <translation>可以留空；只存在这台机器上</translation>
    </message>
    <message>
        <source>Seed of your labs</source>
        <translation>实验的种子</translation>
    </message>
    <message>
        <source>The numbers of your labs are drawn from it</source>
        <translation>你的实验里的数字由它抽出</translation>
    </message>
    <message>
        <source>Lab of %1</source>
        <translation>%1 的实验</translation>
    </message>
    <message>
        <source>%L1 minutes in all</source>
        <translation>共 %L1 分钟</translation>
    </message>
    <message>
        <source>&amp;Failures: where does it die?</source>
        <translation>故障：断在哪里？(&amp;F)</translation>
    </message>
    <message>
        <source>Walks of the &amp;lessons</source>
        <translation>课程的走查(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Ask again of this walk</source>
        <translation>再问一次这个走查(&amp;A)</translation>
    </message>
    <message>
        <source>What was seen from outside, and a way to where it dies.</source>
        <translation>从外面看到的现象，以及去断点的路。</translation>
    </message>
    <message>
        <source>This moment is written; to open it: %1</source>
        <translation>这一刻已写好；打开它用：%1</translation>
    </message>
    <message>
        <source>Export this moment as a core file</source>
        <translation>把这一刻导出为 core 文件</translation>
    </message>
    <message>
        <source>Core files for gdb and drgn (*.core)</source>
        <translation>供 gdb 和 drgn 使用的 core 文件 (*.core)</translation>
    </message>
    <message>
        <source>Export &amp;core file…</source>
        <translation>导出 core 文件(&amp;C)…</translation>
    </message>
</context>
<context>
    <name>sockwalk::MapCanvas</name>
    <message>
        <source>Map of the network stack</source>
        <translation>网络协议栈地图</translation>
    </message>
    <message>
        <source>Arrows choose a part, Enter goes to its next call, Space opens the view that shows more of it.</source>
        <translation>方向键选择一个部分，回车到它的下一次调用，空格打开显示更多内容的视图。</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 次调用</translation>
    </message>
    <message>
        <source>%L1 calls</source>
        <translation>%L1 次调用</translation>
    </message>
    <message>
        <source>%L1 to come</source>
        <translation>还有 %L1 次</translation>
    </message>
    <message>
        <source>Click: to its next call. Double-click: the view that shows more of it.</source>
        <translation>单击：到它的下一次调用。双击：打开显示更多内容的视图。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用次数</translation>
    </message>
    <message>
        <source>To come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未返回</translation>
    </message>
</context>
<context>
    <name>sockwalk::MapView</name>
    <message>
        <source>No walk is open: the map lights as one passes</source>
        <translation>没有打开的走查：走查经过时地图会亮起</translation>
    </message>
    <message>
        <source>Before the first system call or frame</source>
        <translation>在第一个系统调用或帧之前</translation>
    </message>
    <message>
        <source>A part of the network stack</source>
        <translation>网络协议栈的一个部分</translation>
    </message>
</context>
<context>
    <name>sockwalk::MemberHistory</name>
    <message>
        <source>Go to where %1() wrote this</source>
        <translation>去 %1() 写它的地方</translation>
    </message>
</context>
<context>
    <name>sockwalk::MemoryPane</name>
    <message>
        <source>Raw memory of the object</source>
        <translation>对象的原始内存</translation>
    </message>
</context>
<context>
    <name>sockwalk::ObjectsStage</name>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>正在看</translation>
    </message>
    <message>
        <source>handed to what runs</source>
        <translation>交给了正在运行的函数</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Points to</source>
        <translation>指向</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message numerus="yes">
        <source>%n objects more have no room in the picture.</source>
        <translation>
            <numerusform>另有 %n 个对象，图里放不下。</numerusform>
        </translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
</context>
<context>
    <name>sockwalk::ObjectsView</name>
    <message>
        <source>fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show all objects (0)</source>
        <translation>显示所有对象（0）</translation>
    </message>
    <message>
        <source>look at no object</source>
        <translation>不看某个对象</translation>
    </message>
    <message>
        <source>Show the objects around what runs, not around the one that was chosen</source>
        <translation>显示正在运行的路径周围的对象，而不是选定对象周围的</translation>
    </message>
    <message>
        <source>No object lives yet</source>
        <translation>还没有对象</translation>
    </message>
    <message>
        <source>Tasks, files, sockets and buffers appear here when a call makes them.</source>
        <translation>调用创建出任务、文件、套接字和缓冲区时，它们就出现在这里。</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the objects that the kernel makes for it appear here.</source>
        <translation>打开脚本或抓包文件：内核为它创建的对象出现在这里。</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 个对象</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 个对象</translation>
    </message>
    <message>
        <source>%1 of %2 objects</source>
        <translation>%1 个对象，共 %2 个</translation>
    </message>
    <message>
        <source>, around %1</source>
        <translation>，%1 周围</translation>
    </message>
    <message>
        <source>, around what runs</source>
        <translation>，正在运行的路径周围</translation>
    </message>
    <message>
        <source>An object of this picture, a member, a value</source>
        <translation>图中的对象、成员或值</translation>
    </message>
    <message>
        <source>show them</source>
        <translation>显示它们</translation>
    </message>
    <message>
        <source>Show all objects, not only those around what runs</source>
        <translation>显示全部对象，而不只是正在运行的函数周围的</translation>
    </message>
    <message>
        <source>show the nearest</source>
        <translation>只显示最近的</translation>
    </message>
    <message>
        <source>All objects are shown.</source>
        <translation>所有对象都画出来了。</translation>
    </message>
</context>
<context>
    <name>sockwalk::PacketsModel</name>
    <message>
        <source>no.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>时间 (s)</translation>
    </message>
    <message>
        <source>way</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>destination</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>our kernel</source>
        <translation>我们的内核</translation>
    </message>
    <message>
        <source>what became of it</source>
        <translation>结果如何</translation>
    </message>
</context>
<context>
    <name>sockwalk::PacketsView</name>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Filter of the packets</source>
        <translation>数据包的筛选条件</translation>
    </message>
    <message>
        <source>No packet has come or gone in this walk yet. A capture, a scenario that sends, or a TAP brings some.</source>
        <translation>这个走查里还没有包来去。抓包、会发数据的脚本、TAP 都会带来一些。</translation>
    </message>
    <message>
        <source>Open a capture...</source>
        <translation>打开抓包…</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Filter: tcp.stream == 3 &amp;&amp; outcome == different, drop.reason, 10.0.2.2, in ...</source>
        <translation>筛选：tcp.stream == 3 &amp;&amp; outcome == different, drop.reason, 10.0.2.2, in ...</translation>
    </message>
    <message>
        <source>Filter: tcp.port == 80 &amp;&amp; outcome == dropped, udp 7777, 10.0.2.2, in ...</source>
        <translation>筛选：tcp.port == 80 &amp;&amp; outcome == dropped, udp 7777, 10.0.2.2, in ...</translation>
    </message>
    <message>
        <source>%1 of %2 frames</source>
        <translation>%1 帧，共 %2 帧</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 帧</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 帧</translation>
    </message>
    <message>
        <source>%1 of %2 packets</source>
        <translation>%1 个包，共 %2 个</translation>
    </message>
    <message>
        <source>1 packet</source>
        <translation>1 个包</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个包</translation>
    </message>
    <message>
        <source>relived: %1 same · %2 equivalent · %3 different</source>
        <translation>重演：%1 相同 · %2 等价 · %3 不同</translation>
    </message>
    <message>
        <source>the capture is being relived ...</source>
        <translation>正在重演抓包…</translation>
    </message>
    <message>
        <source>stopped before the capture&apos;s end: nothing is judged</source>
        <translation>没到抓包末尾就停了：不作判断</translation>
    </message>
</context>
<context>
    <name>sockwalk::Perspectives</name>
    <message>
        <source>Walk</source>
        <translation>走查</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>课堂</translation>
    </message>
    <message>
        <source>layout for %1</source>
        <translation>换成“%1”布局</translation>
    </message>
    <message>
        <source>reset the layout</source>
        <translation>恢复布局</translation>
    </message>
    <message>
        <source>&amp;Reset this layout</source>
        <translation>恢复此布局(&amp;R)</translation>
    </message>
</context>
<context>
    <name>sockwalk::PictureCanvas</name>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit, or as large as usual</source>
        <translation>适合窗口，或恢复平常大小</translation>
    </message>
    <message>
        <source>%1 to %2 of %3, those around what is in sight.</source>
        <translation>共 %3 项，这里是第 %1 到 %2 项，即看得见的部分及其前后。</translation>
    </message>
</context>
<context>
    <name>sockwalk::PictureDialog</name>
    <message>
        <source>The &amp;whole picture, not only what is in sight</source>
        <translation>画出全部，不只是看得见的部分(&amp;W)</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>要画的视图</translation>
    </message>
    <message>
        <source>It is drawn without its buttons: as PNG, or as SVG or PDF with text and lines as such.</source>
        <translation>图片里没有按钮：可存为 PNG，或存为 SVG、PDF，其中文字和线条仍是矢量。</translation>
    </message>
    <message>
        <source>&amp;Name the file…</source>
        <translation>命名文件(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Picture of</source>
        <translation>要画的视图(&amp;P)</translation>
    </message>
</context>
<context>
    <name>sockwalk::PictureView</name>
    <message>
        <source>fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Show as much as can be read, or as large as usual (0)</source>
        <translation>在看得清的前提下尽量显示全部，或恢复平常大小 (0)</translation>
    </message>
</context>
<context>
    <name>sockwalk::PlotsCanvas</name>
    <message>
        <source>Plots over time</source>
        <translation>随时间变化的曲线</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a panel and its unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Up and down go from line to line, left and right to the change before and after, plus and minus zoom, 0 shows the whole life of the socket.</source>
        <translation>上下键逐线移动，左右键到前一次和后一次变化，加减键缩放，0 显示套接字的整个一生。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变化次数</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>The numbers of %1 at the moment.</source>
        <translation>%1 此刻的数值。</translation>
    </message>
    <message>
        <source>Click: to its next change.</source>
        <translation>单击：到它的下一次变化。</translation>
    </message>
</context>
<context>
    <name>sockwalk::PlotsView</name>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: windows, round trips and queues of its TCP sockets are drawn here over time.</source>
        <translation>打开一个场景或抓包文件：它的 TCP 套接字的窗口、往返时间和队列会随时间画在这里。</translation>
    </message>
    <message>
        <source>No TCP socket yet</source>
        <translation>还没有 TCP 套接字</translation>
    </message>
    <message>
        <source>When one is made, its numbers are drawn here over time.</source>
        <translation>创建一个之后，它的各项数值会随时间画在这里。</translation>
    </message>
    <message>
        <source>A number that is drawn</source>
        <translation>画出的数值</translation>
    </message>
</context>
<context>
    <name>sockwalk::PointerBar</name>
    <message>
        <source>fixed: %1</source>
        <translation>不动的：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::PointerHandle</name>
    <message>
        <source>Drag it, or move it with the arrow keys</source>
        <translation>拖动它，或用方向键移动</translation>
    </message>
    <message>
        <source>%1 at byte %2</source>
        <translation>%1 在字节 %2</translation>
    </message>
</context>
<context>
    <name>sockwalk::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>What you do is kept as you work, in %1</source>
        <translation>你所做的随时保存在 %1</translation>
    </message>
</context>
<context>
    <name>sockwalk::PresentedLesson</name>
    <message>
        <source>Lab: %1</source>
        <translation>实验：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::PresenterNotes</name>
    <message>
        <source>Teacher&apos;s notes</source>
        <translation>教师备注</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>停靠点</translation>
    </message>
    <message>
        <source>%1 since the start · it is %2</source>
        <translation>已讲 %1 · 现在 %2</translation>
    </message>
    <message>
        <source>Stop %1 of %2: %3</source>
        <translation>第 %1 站，共 %2 站：%3</translation>
    </message>
    <message>
        <source>This is the last stop.</source>
        <translation>这是最后一站。</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一课：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::PresenterWindow</name>
    <message>
        <source>Sockwalk before a class</source>
        <translation>Sockwalk 课堂演示</translation>
    </message>
    <message>
        <source>Space reveals · B black · P pen · G stops · Esc ends</source>
        <translation>空格 揭晓 · B 黑屏 · P 画笔 · G 站点 · Esc 结束</translation>
    </message>
    <message>
        <source>← → steps · PgUp PgDn stops · 1–9 pictures · B black · P pen · Esc ends</source>
        <translation>← → 步 · PgUp PgDn 站 · 1–9 图 · B 黑屏 · P 画笔 · Esc 结束</translation>
    </message>
    <message>
        <source>Jump to a stop</source>
        <translation>跳到某一站</translation>
    </message>
    <message>
        <source>Stop:</source>
        <translation>站：</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n follow · </source>
        <translation>
            <numerusform>%1 · %n 人跟随 · </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::QuestionCard</name>
    <message>
        <source>Predict</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>✓ Yes. %1</source>
        <translation>✓ 对。%1</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>The answer is covered until you give it; this uncovers it in the pictures</source>
        <translation>答案在你给出之前是盖住的；这里把图中的答案揭开</translation>
    </message>
    <message>
        <source>✗ The engine says otherwise. Try again, or reveal it and look.</source>
        <translation>✗ 引擎说的不一样。再试一次，或者揭晓后看一看。</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Says below where to look</source>
        <translation>在下面说该看哪里</translation>
    </message>
    <message>
        <source>try %1 of %2</source>
        <translation>第 %1 次，共 %2 次</translation>
    </message>
    <message>
        <source>✗ The engine says %1. %2</source>
        <translation>✗ 引擎说是 %1。%2</translation>
    </message>
    <message>
        <source>In the other run:</source>
        <translation>另一次运行里：</translation>
    </message>
    <message>
        <source>It is: %1. %2</source>
        <translation>答案是：%1。%2</translation>
    </message>
</context>
<context>
    <name>sockwalk::QueuesCanvas</name>
    <message>
        <source>Queues and rings</source>
        <translation>队列与环</translation>
    </message>
    <message>
        <source>Arrows go from one to the next, Return looks at it.</source>
        <translation>方向键逐个移动，回车查看。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>什么</translation>
    </message>
    <message>
        <source>In which queue</source>
        <translation>在哪个队列</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>属于谁</translation>
    </message>
    <message>
        <source>How it is</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变</translation>
    </message>
</context>
<context>
    <name>sockwalk::QueuesView</name>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: what waits in queues and rings appears here.</source>
        <translation>打开一个场景或抓包文件：在队列和环中等待的东西会显示在这里。</translation>
    </message>
    <message>
        <source>A queue, what waits in it</source>
        <translation>队列，或在其中等待的</translation>
    </message>
    <message>
        <source>A click looks at what waits; a line is a queue, its head at the left</source>
        <translation>单击查看等待的对象；一行是一个队列，队首在左</translation>
    </message>
</context>
<context>
    <name>sockwalk::RecentFiles</name>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>step %L1 of %L2</source>
        <translation>第 %L1 步，共 %L2 步</translation>
    </message>
    <message numerus="yes">
        <source>%n bookmark(s)</source>
        <translation>
            <numerusform>%n 个书签</numerusform>
        </translation>
    </message>
    <message>
        <source>restored after a crash</source>
        <translation>崩溃后已恢复</translation>
    </message>
</context>
<context>
    <name>sockwalk::Rescue</name>
    <message>
        <source>Sockwalk ended unexpectedly; your session of %1 can be opened again.</source>
        <translation>Sockwalk 上次意外结束；你 %1 的会话可以重新打开。</translation>
    </message>
    <message numerus="yes">
        <source>%n more after it.</source>
        <translation>
            <numerusform>之后还有 %n 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Open it</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Forget it</source>
        <translation>丢弃(&amp;F)</translation>
    </message>
</context>
<context>
    <name>sockwalk::RoomLine</name>
    <message>
        <source>Ask the class</source>
        <translation>问全班</translation>
    </message>
    <message>
        <source>Put this question to all who follow; nobody has a name</source>
        <translation>把这个问题发给所有跟随的人；不记名</translation>
    </message>
    <message>
        <source>Reveal to all</source>
        <translation>向全班揭晓</translation>
    </message>
    <message numerus="yes">
        <source>%n follow</source>
        <translation>
            <numerusform>%n 人跟随</numerusform>
        </translation>
    </message>
    <message>
        <source>The class has the question. %1</source>
        <translation>全班已收到问题。%1</translation>
    </message>
    <message>
        <source>The class can answer this question, too.</source>
        <translation>这个问题也可以让全班回答。</translation>
    </message>
    <message>
        <source>%1. It is: %2</source>
        <translation>%1。答案是：%2</translation>
    </message>
</context>
<context>
    <name>sockwalk::RoomQuestion</name>
    <message>
        <source>%1 follow · %2 have answered</source>
        <translation>%1 人跟随 · %2 人已答</translation>
    </message>
    <message>
        <source>Each has one of: %1</source>
        <translation>每一项取其中之一：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::ScriptEdit</name>
    <message>
        <source>The script of this lab</source>
        <translation>本实验的脚本</translation>
    </message>
</context>
<context>
    <name>sockwalk::SearchBox</name>
    <message>
        <source>%1 is not called in this walk.</source>
        <translation>这个走查里没有调用 %1。</translation>
    </message>
    <message>
        <source>Search everything…  Ctrl+P</source>
        <translation>搜索一切…  Ctrl+P</translation>
    </message>
    <message>
        <source>Search commands, functions, objects, packets, steps</source>
        <translation>搜索命令、函数、对象、数据包、步骤</translation>
    </message>
    <message>
        <source>Type a command, a function, an object such as “tcp_sock #1”, a member such as “sk_state = TCP_LISTEN”, an address, a packet, a step&apos;s number, or “until …”; Enter goes there or does it (Ctrl+P).</source>
        <translation>输入命令、函数、对象（如“tcp_sock #1”）、成员（如“sk_state = TCP_LISTEN”）、地址、数据包、步骤编号，或“until …”；按回车前往或执行（Ctrl+P）。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Commands, settings, lessons, functions, objects, members, packets, calls and steps are looked through.</source>
        <translation>查找的范围：命令、设置、课程、函数、对象、成员、数据包、调用和步骤。</translation>
    </message>
    <message>
        <source>“%1” cannot be done now.</source>
        <translation>现在不能执行“%1”。</translation>
    </message>
</context>
<context>
    <name>sockwalk::Selecting</name>
    <message>
        <source>Line %1 has written nothing before this moment.</source>
        <translation>到此刻为止，第 %1 行还没有写过任何东西。</translation>
    </message>
</context>
<context>
    <name>sockwalk::SequenceCanvas</name>
    <message>
        <source>Sequence diagram</source>
        <translation>时序图的画面</translation>
    </message>
    <message>
        <source>Click: folds this layer away; its calls are then drawn as of who called it.</source>
        <translation>单击：折叠这一层；它的调用将画在调用者名下。</translation>
    </message>
    <message>
        <source>Calls from layer to layer. Up and down go from one to the next, Return goes there.</source>
        <translation>层与层之间的调用。上下键逐个移动，回车前往。</translation>
    </message>
    <message>
        <source>returns</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>The walk is longer than what is drawn here.</source>
        <translation>走查比这里画出的更长。</translation>
    </message>
</context>
<context>
    <name>sockwalk::SequenceView</name>
    <message>
        <source>this system call</source>
        <translation>这次系统调用</translation>
    </message>
    <message>
        <source>Show only the system call or frame that the walk is in</source>
        <translation>只显示走查所在的系统调用或帧</translation>
    </message>
    <message>
        <source>whole walk</source>
        <translation>整个走查</translation>
    </message>
    <message>
        <source>Show the whole walk, as far as it fits</source>
        <translation>显示整个走查，能放下多少就显示多少</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Fold layers away, or back</source>
        <translation>折叠或展开各层</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: who calls whom is drawn here.</source>
        <translation>打开一个场景或抓包文件：谁调用谁会画在这里。</translation>
    </message>
    <message>
        <source>Nothing is called here</source>
        <translation>这里没有调用</translation>
    </message>
    <message>
        <source>Step into a system call or a frame: who calls whom, from layer to layer, is drawn here.</source>
        <translation>走进一个系统调用或一帧：谁调用谁会逐层画在这里。</translation>
    </message>
    <message>
        <source>A call, what came back</source>
        <translation>调用，或返回的结果</translation>
    </message>
</context>
<context>
    <name>sockwalk::SideBySide</name>
    <message>
        <source>buffers</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Several buffers at this moment</source>
        <translation>此刻的几个缓冲区</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>One buffer at several moments</source>
        <translation>一个缓冲区，几个时刻</translation>
    </message>
    <message>
        <source>one buffer</source>
        <translation>单个</translation>
    </message>
    <message>
        <source>Back to the picture of one buffer</source>
        <translation>回到单个缓冲区的画面</translation>
    </message>
    <message>
        <source>add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>keep this moment</source>
        <translation>留下此刻</translation>
    </message>
    <message>
        <source>Lay another buffer of this moment beside them</source>
        <translation>把此刻的另一个缓冲区也排进来</translation>
    </message>
    <message>
        <source>This moment stays in the picture when the walk goes on</source>
        <translation>走查继续时，这个时刻留在画面里</translation>
    </message>
    <message>
        <source>%1 buffers at this moment</source>
        <translation>此刻的 %1 个缓冲区</translation>
    </message>
    <message>
        <source>One scale: what stands above one another has the same offset from head.</source>
        <translation>同一比例：上下对齐的位置，离 head 的偏移相同。</translation>
    </message>
    <message>
        <source>%1 at %2 moments</source>
        <translation>%1 的 %2 个时刻</translation>
    </message>
    <message>
        <source>The row in colour is now, and goes with the walk; the others stay.</source>
        <translation>彩色的一行是现在，随走查移动；其余的行不动。</translation>
    </message>
    <message>
        <source>Four is the most that can be read side by side: take one away first (its cross, or Delete).</source>
        <translation>最多并排四个，再多就看不清了：先去掉一个（点它的叉，或按 Delete）。</translation>
    </message>
    <message>
        <source>No other buffer is alive at this moment.</source>
        <translation>此刻没有别的缓冲区活着。</translation>
    </message>
    <message>
        <source>The buffer is not there at this moment.</source>
        <translation>此刻这个缓冲区不在。</translation>
    </message>
    <message>
        <source>This moment is kept already.</source>
        <translation>这个时刻已经留下了。</translation>
    </message>
    <message>
        <source>Three moments and now are the most: take one away first (its cross, or Delete).</source>
        <translation>最多留三个时刻，加上现在：先去掉一个（点它的叉，或按 Delete）。</translation>
    </message>
    <message>
        <source>Two at least stand side by side: add another one first.</source>
        <translation>并排至少要两个：先加一个。</translation>
    </message>
    <message>
        <source>This is now: it goes with the walk.</source>
        <translation>这一行是现在，随走查移动。</translation>
    </message>
</context>
<context>
    <name>sockwalk::SocketChoice</name>
    <message>
        <source>The socket that is shown</source>
        <translation>所显示的套接字</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Show the socket that the walk is about</source>
        <translation>显示走查正在处理的套接字</translation>
    </message>
</context>
<context>
    <name>sockwalk::SourceView</name>
    <message>
        <source>&lt;b&gt;simplified:&lt;/b&gt; %1</source>
        <translation>&lt;b&gt;有简化：&lt;/b&gt;%1</translation>
    </message>
    <message>
        <source>No kernel function runs at this moment. Step into the next call to see its source.</source>
        <translation>此刻没有内核函数在运行。单步进入下一个调用，就能看到它的源代码。</translation>
    </message>
    <message>
        <source>Open a scenario or a capture, and step into a call: the engine&apos;s own source of the running function appears here.</source>
        <translation>打开脚本或抓包，单步进入一个调用：这里显示正在运行的函数在引擎里的源代码。</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>In this file</source>
        <translation>在此文件里</translation>
    </message>
    <message>
        <source>≈ simplified: %1</source>
        <translation>≈ 有简化：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::Stage</name>
    <message>
        <source>Stages</source>
        <translation>视图标签</translation>
    </message>
    <message>
        <source>split</source>
        <translation>分开</translation>
    </message>
    <message>
        <source>Two stages side by side (Ctrl+\)</source>
        <translation>两个视图并排（Ctrl+\）</translation>
    </message>
    <message>
        <source>The whole window for the stage, and back (F12)</source>
        <translation>让舞台占满窗口，再按一次恢复（F12）</translation>
    </message>
</context>
<context>
    <name>sockwalk::StatesCanvas</name>
    <message>
        <source>States of TCP</source>
        <translation>TCP 的状态</translation>
    </message>
    <message>
        <source>The list below says the same in words.</source>
        <translation>下面的列表用文字说明同样的内容。</translation>
    </message>
    <message>
        <source>%1 → %2 by %3(): %4</source>
        <translation>%1 → %2，由 %3()：%4</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>转移</translation>
    </message>
    <message>
        <source>By what</source>
        <translation>由什么引起</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>%1 is in %2.</source>
        <translation>%1 处于 %2。</translation>
    </message>
    <message>
        <source>%1 is not born yet.</source>
        <translation>%1 还没有产生。</translation>
    </message>
</context>
<context>
    <name>sockwalk::StatesView</name>
    <message>
        <source>The moves of the socket</source>
        <translation>套接字的状态变化</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开的走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the states of its TCP sockets appear here.</source>
        <translation>打开一个场景或抓包文件：它的 TCP 套接字的状态会显示在这里。</translation>
    </message>
    <message>
        <source>No TCP socket yet</source>
        <translation>还没有 TCP 套接字</translation>
    </message>
    <message>
        <source>When one is made, its way through the states is drawn here.</source>
        <translation>创建一个之后，它经过各状态的路径会画在这里。</translation>
    </message>
    <message>
        <source>%1  %2 → %3   %4()   %5</source>
        <translation>%1  %2 → %3   %4()   %5</translation>
    </message>
    <message>
        <source>A state, what leads to it</source>
        <translation>状态，或引起它的事</translation>
    </message>
    <message>
        <source>A question of the lesson asks for a state: the way of %1 is drawn when you have answered.</source>
        <translation>课里有个问题问的是状态：你回答之后，再画出 %1 走过的路。</translation>
    </message>
</context>
<context>
    <name>sockwalk::StatusLine</name>
    <message>
        <source>How much has been recorded</source>
        <translation>已经记录了多少</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止记录</translation>
    </message>
    <message>
        <source>Calls and buffers of this path, on the machine as recorded, compared with a recording of Linux 6.1: 1.00 is the same.</source>
        <translation>在“照录制”的机器上，把这条路径的调用和缓冲区与 Linux 6.1 的录制对照：1.00 表示相同。</translation>
    </message>
    <message>
        <source>%1 (pid %2)</source>
        <translation>%1（pid %2）</translation>
    </message>
    <message>
        <source>t = %1</source>
        <translation>t = %1</translation>
    </message>
    <message>
        <source>verified against the kernel: this path %1</source>
        <translation>已与内核对照：这条路径 %1</translation>
    </message>
    <message>
        <source>plain machine</source>
        <translation>普通机器</translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation>照录制</translation>
    </message>
    <message>
        <source>Linux as it is: nothing in this machine takes time that was not asked for.</source>
        <translation>原原本本的 Linux：这台机器里没有额外花时间的东西。</translation>
    </message>
    <message>
        <source>With the oddities of the slow, emulated machine whose Linux was recorded, so that the walk can be held against the recording.</source>
        <translation>带着录制 Linux 的那台慢速模拟机的怪癖，这样走查才能与录制对照。</translation>
    </message>
    <message>
        <source>recording: %L1 events, %2 %</source>
        <translation>正在记录：%L1 个事件，%2 %</translation>
    </message>
</context>
<context>
    <name>sockwalk::StimuliModel</name>
    <message>
        <source>Click to go to where it begins</source>
        <translation>点一下，去它开始的地方</translation>
    </message>
    <message>
        <source>Case %1. Click to go to where it begins</source>
        <translation>用例 %1。点一下，去它开始的地方</translation>
    </message>
    <message>
        <source>no.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>what the machine was told</source>
        <translation>机器要做什么</translation>
    </message>
    <message>
        <source>what came of it</source>
        <translation>结果如何</translation>
    </message>
</context>
<context>
    <name>sockwalk::StructureDelegate</name>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
</context>
<context>
    <name>sockwalk::StructureFilter</name>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>not zero</source>
        <translation>非零</translation>
    </message>
</context>
<context>
    <name>sockwalk::StructureModel</name>
    <message>
        <source>off</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>sockwalk::StructureView</name>
    <message>
        <source>Structure</source>
        <translation>结构体</translation>
    </message>
    <message>
        <source>Nothing has been written yet. Take a step: the object that it writes to is shown here, member by member. Or click any object.</source>
        <translation>还什么都没写。走一步：这里逐个成员显示它写的对象。或者点任意一个对象。</translation>
    </message>
    <message>
        <source>Back to the object looked at before</source>
        <translation>回到刚才看的对象</translation>
    </message>
    <message>
        <source>Forward again</source>
        <translation>再往前</translation>
    </message>
    <message>
        <source>Follow: show the object that each step writes to</source>
        <translation>跟随：显示每一步所写的对象</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Filter: a name, changed, not zero</source>
        <translation>筛选：名字、有变化、非零</translation>
    </message>
    <message>
        <source>Shows members whose name holds this; or only those that are &quot;changed&quot; or &quot;not zero&quot;</source>
        <translation>显示名字里含有这些字的成员；或者只显示“有变化”或“非零”的</translation>
    </message>
    <message>
        <source>Filter members</source>
        <translation>筛选成员</translation>
    </message>
    <message>
        <source>Members of the structure</source>
        <translation>结构体的成员</translation>
    </message>
    <message>
        <source>Watch the chosen member, or no longer</source>
        <translation>监视选中的成员，或不再监视</translation>
    </message>
    <message>
        <source>Choose a member first: what lies between members cannot be watched.</source>
        <translation>请先选一个成员：成员之间的空隙不能监视。</translation>
    </message>
    <message>
        <source>Watched; the Watch tab shows it with its value.</source>
        <translation>已监视；“监视”页显示它的值。</translation>
    </message>
    <message>
        <source>&amp;Watch this</source>
        <translation>监视它(&amp;W)</translation>
    </message>
    <message>
        <source>No longer &amp;watch this</source>
        <translation>不再监视它(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Stop on change</source>
        <translation>变化时停(&amp;S)</translation>
    </message>
    <message>
        <source>To the &amp;next write</source>
        <translation>到下一次写入(&amp;N)</translation>
    </message>
    <message>
        <source>To the &amp;previous write</source>
        <translation>到上一次写入(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Copy the value</source>
        <translation>复制值(&amp;C)</translation>
    </message>
    <message>
        <source>Look at what it points to</source>
        <translation>看它指向的对象</translation>
    </message>
    <message>
        <source>Who &amp;else holds this value?</source>
        <translation>还有谁存着这个值？(&amp;E)</translation>
    </message>
    <message>
        <source>Who &amp;points at %1?</source>
        <translation>谁指向 %1？(&amp;P)</translation>
    </message>
    <message>
        <source>C&amp;ompare with</source>
        <translation>比较(&amp;O)</translation>
    </message>
    <message>
        <source>As they lie in memory (M)</source>
        <translation>按内存里的顺序 (M)</translation>
    </message>
    <message>
        <source>In the groups in which a person thinks of them: identity, queues, memory, timers (G)</source>
        <translation>按人思考时的分组：身份、队列、内存、定时器 (G)</translation>
    </message>
    <message>
        <source>Byte by byte</source>
        <translation>逐字节</translation>
    </message>
    <message>
        <source>How often each cache line was written, and by whom (H)</source>
        <translation>每个缓存行被写了多少次、由谁写 (H)</translation>
    </message>
    <message>
        <source>What differs from another object, or from another moment (C)</source>
        <translation>与另一个对象或另一刻有什么不同 (C)</translation>
    </message>
    <message>
        <source>Who holds a value, in all memory of this moment (F)</source>
        <translation>此刻的全部内存里谁存着一个值 (F)</translation>
    </message>
    <message>
        <source>Members as they lie in memory</source>
        <translation>成员按内存里的顺序</translation>
    </message>
    <message>
        <source>Members in groups</source>
        <translation>成员按分组</translation>
    </message>
    <message>
        <source>Heat of the cache lines</source>
        <translation>缓存行的冷热</translation>
    </message>
    <message>
        <source>Compare with another object or moment</source>
        <translation>与另一个对象或另一刻比较</translation>
    </message>
    <message>
        <source>Find a value in all memory</source>
        <translation>在全部内存里找一个值</translation>
    </message>
    <message>
        <source>This structure has no groups, so its members stand in the order of memory: a sock and an sk_buff have them.</source>
        <translation>这个结构体没有分组，成员按内存里的顺序排：sock 和 sk_buff 才有分组。</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>冷热</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
</context>
<context>
    <name>sockwalk::TabStrip</name>
    <message>
        <source>All tabs</source>
        <translation>全部标签</translation>
    </message>
</context>
<context>
    <name>sockwalk::TablePanel</name>
    <message>
        <source>As a table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Which picture to show as a table</source>
        <translation>把哪张图显示成表格</translation>
    </message>
    <message>
        <source>The picture as a table</source>
        <translation>图的表格</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>The chosen rows, or all, with tabs between the cells: for a spreadsheet (Ctrl+C)</source>
        <translation>选中的行（没选就是全部），单元格之间用制表符隔开，可以贴进电子表格（Ctrl+C）</translation>
    </message>
    <message>
        <source>No picture is in sight.</source>
        <translation>眼前没有图。</translation>
    </message>
    <message>
        <source>As a table: %1</source>
        <translation>表格：%1</translation>
    </message>
    <message>
        <source>Show as ta&amp;ble</source>
        <translation>显示为表格(&amp;B)</translation>
    </message>
</context>
<context>
    <name>sockwalk::TablesDelegate</name>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>走这里</translation>
    </message>
</context>
<context>
    <name>sockwalk::TablesModel</name>
    <message>
        <source>new by the last step</source>
        <translation>上一步新增</translation>
    </message>
    <message>
        <source>changed by the last step</source>
        <translation>上一步有变化</translation>
    </message>
    <message>
        <source>The bucket, and the place on its chain; of a route, how deep in the trie its leaf is</source>
        <translation>桶，以及在它的链上的位置；对路由来说，是叶子在 trie 里有多深</translation>
    </message>
    <message>
        <source>What is looked up; for hash tables of sockets what was hashed: this end ↔ the peer</source>
        <translation>查找时用的键；对套接字的哈希表来说，是参与哈希的东西：本端 ↔ 对端</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>表项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>More</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>netns</source>
        <translation>netns</translation>
    </message>
    <message>
        <source>the way that the running calls came</source>
        <translation>正在运行的调用走过来的路</translation>
    </message>
</context>
<context>
    <name>sockwalk::TablesView</name>
    <message>
        <source>Filter: tcp 8080, 127.0.0.1, listen, routes eth0 …</source>
        <translation>筛选：tcp 8080、127.0.0.1、listen、routes eth0 …</translation>
    </message>
    <message>
        <source>Filter of the tables</source>
        <translation>内核表的筛选条件</translation>
    </message>
    <message>
        <source>The kernel&apos;s tables</source>
        <translation>内核的表</translation>
    </message>
    <message>
        <source>No table has an entry yet</source>
        <translation>还没有哪张表有内容</translation>
    </message>
    <message>
        <source>Hash tables of sockets, queues, routes, neighbours, netfilter&apos;s hooks, open files and rings appear here, as they fill.</source>
        <translation>套接字哈希表、队列、路由、邻居、netfilter 钩子、打开的文件和环形缓冲区，有了内容就出现在这里。</translation>
    </message>
    <message>
        <source>No walk is open</source>
        <translation>没有打开走查</translation>
    </message>
    <message>
        <source>Open a scenario or a packet file: the tables in which the kernel looks things up appear here, and what waits in its queues: hash tables of sockets, routes, neighbours, netfilter&apos;s hooks, open files, rings.</source>
        <translation>打开脚本或抓包文件：内核查找用的表，以及队列里等着的东西，都出现在这里：套接字哈希表、路由、邻居、netfilter 钩子、打开的文件、环形缓冲区。</translation>
    </message>
    <message>
        <source>%1 of %2 entries</source>
        <translation>%1 项，共 %2 项</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 项</translation>
    </message>
    <message>
        <source>Which tables</source>
        <translation>哪些表</translation>
    </message>
    <message>
        <source>All tables</source>
        <translation>全部表</translation>
    </message>
    <message>
        <source>Where calls lead</source>
        <translation>调用通向哪里</translation>
    </message>
    <message>
        <source>net_families, inetsw, and the tables of functions side by side</source>
        <translation>net_families、inetsw 和并排的函数表</translation>
    </message>
    <message>
        <source>No tables of 2.6 are shown</source>
        <translation>2.6 的内核表没有画出来</translation>
    </message>
    <message>
        <source>The Linux of 2.6 is here without devices and packets. Which descriptor leads to which socket stands in Objects.</source>
        <translation>2.6 的 Linux 在这里没有设备和数据包。哪个描述符通到哪个套接字，看“对象”。</translation>
    </message>
</context>
<context>
    <name>sockwalk::TapDialog</name>
    <message>
        <source>TAP</source>
        <translation>TAP</translation>
    </message>
    <message>
        <source>If the device does not exist yet, type this once, in a terminal:</source>
        <translation>如果设备还不存在，在终端里输入一次：</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>This machine&apos;s kernel and the simulated one on one wire</source>
        <translation>本机的内核和模拟的内核接在同一条线上</translation>
    </message>
    <message>
        <source>A new walk begins, whose eth0 is the other end of a TAP device: ping, nc or curl of this machine reach the simulated kernel, and you see each frame climb. Time passes there as it does here. Sockwalk itself needs no root.</source>
        <translation>开始一次新的走查，它的 eth0 是 TAP 设备的另一端：本机的 ping、nc 或 curl 能到达模拟的内核，你看得到每个帧往上走。那里的时间和这里一样流逝。Sockwalk 本身不需要 root。</translation>
    </message>
    <message>
        <source>TAP device</source>
        <translation>TAP 设备</translation>
    </message>
    <message>
        <source>Address of the simulated eth0</source>
        <translation>模拟的 eth0 的地址</translation>
    </message>
</context>
<context>
    <name>sockwalk::TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet. Open a scenario or a capture (File &gt; Open), or issue a call in the console: its calls appear here over time.</source>
        <translation>还什么都没记录。打开脚本或抓包（文件 &gt; 打开），或者在控制台发出一个调用：它的调用按时间出现在这里。</translation>
    </message>
    <message>
        <source>Nested calls over time. Left and right step, up goes to the caller, plus and minus zoom, 0 shows the whole walk, C this system call, Enter the call that runs; with Shift, left and right move the part that is shown.</source>
        <translation>按时间嵌套排列的调用。左右键单步，上键到调用者，加减键缩放，0 显示整个走查，C 显示本次系统调用，回车显示正在运行的调用；按住 Shift，左右键移动显示的部分。</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>还没到</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未返回</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Playhead</source>
        <translation>播放头</translation>
    </message>
    <message>
        <source>frame in</source>
        <translation>帧到达</translation>
    </message>
    <message>
        <source>frame out</source>
        <translation>帧发出</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>panic</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>what the machine is told</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>frames and losses</source>
        <translation>帧与丢失</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>From event</source>
        <translation>起始事件</translation>
    </message>
    <message>
        <source>To event</source>
        <translation>结束事件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%n calls more are too many or too short to be told here; zoom in to see them.</source>
        <translation>
            <numerusform>另有 %n 次调用太多或太短，这里没有列出；放大就能看到。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::TimelineView</name>
    <message>
        <source>this system call</source>
        <translation>这次系统调用</translation>
    </message>
    <message>
        <source>Show only the stimulus that the playhead is in (C)</source>
        <translation>只显示播放头所在的触发（C）</translation>
    </message>
    <message>
        <source>whole walk</source>
        <translation>整个走查</translation>
    </message>
    <message>
        <source>Show the whole walk (0)</source>
        <translation>显示整个走查（0）</translation>
    </message>
    <message>
        <source>A function; Return goes to its next call</source>
        <translation>函数；按回车到它的下一次调用</translation>
    </message>
</context>
<context>
    <name>sockwalk::Tour</name>
    <message>
        <source>Two-minute tour</source>
        <translation>两分钟导览</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Press %1.</source>
        <translation>请按 %1。</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>一步一步走</translation>
    </message>
    <message>
        <source>A program has called the kernel, and everything that the kernel did was recorded. With these buttons, or their keys, you go through that record, forward and backward.</source>
        <translation>程序调用了内核，内核做的每一件事都记了下来。用这些按钮或对应的按键，可以在记录里前进，也可以后退。</translation>
    </message>
    <message>
        <source>One step: you are in %1 now.</source>
        <translation>走了一步：现在你在 %1 里。</translation>
    </message>
    <message>
        <source>Where in the kernel</source>
        <translation>走到内核的哪里</translation>
    </message>
    <message>
        <source>The path of the call: each box is a function, and its colour is its layer. The one that runs is filled. Click a box to go there.</source>
        <translation>这次调用的路径：一个方框是一个函数，颜色表示它所在的层，正在运行的那个填满颜色。点一个方框就到那里。</translation>
    </message>
    <message>
        <source>%1 is the one that runs now.</source>
        <translation>现在运行的是 %1。</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>用文字说</translation>
    </message>
    <message>
        <source>What has just happened, in a sentence, and all functions of this call. Every step also goes back: memory is then what it was.</source>
        <translation>一句话说刚才发生了什么，下面列出这次调用的全部函数。每一步都能后退，内存也跟着回到原样。</translation>
    </message>
    <message>
        <source>You are back in %1.</source>
        <translation>你又回到了 %1。</translation>
    </message>
    <message>
        <source>The kernel&apos;s structures</source>
        <translation>内核的结构体</translation>
    </message>
    <message>
        <source>The object at hand with its real members and values, and for each of them who wrote it. A step over runs a function to its end.</source>
        <translation>眼前这个对象的真实成员和值，每个成员是谁写的也能查到。单步跳过会把一个函数走完。</translation>
    </message>
    <message>
        <source>What that step has written is marked until the next one.</source>
        <translation>这一步写过的成员标了出来，到下一步为止。</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>The line that runs, in the function&apos;s own file. The functions that called it are listed above it.</source>
        <translation>正在运行的那一行，在函数自己的文件里。调用它的函数列在上方。</translation>
    </message>
    <message>
        <source>This line belongs to %1.</source>
        <translation>这一行属于 %1。</translation>
    </message>
    <message>
        <source>The whole walk</source>
        <translation>整个走查</translation>
    </message>
    <message>
        <source>All calls over time; the red line is where you are. Drag it, or click a bar. System calls and arriving frames stand along the top.</source>
        <translation>全部调用按时间排开，红线是你所在的位置：拖动它，或点一个横条。系统调用和收到的帧写在最上面。</translation>
    </message>
    <message>
        <source>The next thing that the program did: %1</source>
        <translation>程序接下来做的事：%1</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Every frame, with what became of it and the function that decided. Each view of the window has a key of its own: the View menu lists them.</source>
        <translation>每一帧，它后来怎样了，由哪个函数决定。窗口的每个视图都有自己的按键，“视图”菜单里列着。</translation>
    </message>
    <message>
        <source>A click on a frame leads to where the kernel handled it.</source>
        <translation>点一帧，就到内核处理它的地方。</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>找任何东西</translation>
    </message>
    <message>
        <source>Functions, objects, steps: you need not know where they are.</source>
        <translation>函数、对象、步数：不必知道它们在哪里。</translation>
    </message>
    <message>
        <source>Press Ctrl+P, type udp_rcv and press Enter.</source>
        <translation>请按 Ctrl+P，输入 udp_rcv，再按回车。</translation>
    </message>
    <message>
        <source>You are in %1.</source>
        <translation>你在 %1 里了。</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>A lesson leads through a walk and asks before it shows. It goes on where you left it.</source>
        <translation>一课带你走完一次走查，先提问，再揭晓。下次从你离开的地方接着上。</translation>
    </message>
    <message>
        <source>Press Alt+%1 to see them, and Esc to close the list.</source>
        <translation>请按 Alt+%1 看有哪些课，按 Esc 合上列表。</translation>
    </message>
    <message>
        <source>They are always here, with how far you came.</source>
        <translation>课程一直在这里，学到哪里也写着。</translation>
    </message>
    <message>
        <source>Where to go from here</source>
        <translation>接下来去哪里</translation>
    </message>
    <message>
        <source>Open a capture of yours (Ctrl+O), take a lesson, or walk one of the samples (File &gt; Open sample). F1 lists the keys; this tour stands in the Help menu. “Finish” brings back what was open before.</source>
        <translation>打开你自己的抓包（Ctrl+O），上一课，或走一个示例（文件 &gt; 打开示例）。F1 列出按键；导览在“帮助”菜单里。按“完成”，之前打开的东西就回来。</translation>
    </message>
</context>
<context>
    <name>sockwalk::TourBubble</name>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Leave the tour (Esc); what was open comes back</source>
        <translation>离开导览（Esc）；之前打开的东西会回来</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一停</translation>
    </message>
    <message>
        <source>✓ %1</source>
        <translation>✓ %1</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一停</translation>
    </message>
    <message>
        <source>Tour: %1</source>
        <translation>导览：%1</translation>
    </message>
</context>
<context>
    <name>sockwalk::TransportBar</name>
    <message>
        <source>Transport</source>
        <translation>播放控制</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>system call</source>
        <translation>系统调用</translation>
    </message>
    <message>
        <source>How far a step goes</source>
        <translation>一步走多远</translation>
    </message>
    <message>
        <source>How far a step goes: every write and note, each call and return, or a whole system call.</source>
        <translation>一步走多远：每次写入和提示，每次调用和返回，或者整个系统调用。</translation>
    </message>
    <message>
        <source>Speed of a run</source>
        <translation>运行的速度</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Step: %1  ▾</source>
        <translation>步长：%1  ▾</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) a second</source>
        <translation>
            <numerusform>每秒 %n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>%1
event %L2 of %L3 in the whole record</source>
        <translation>%1
整个记录的第 %L2 个事件，共 %L3 个</translation>
    </message>
</context>
<context>
    <name>sockwalk::Trouble</name>
    <message>
        <source>%1: “%2” is cut (%3)</source>
        <translation>%1：“%2”没有显示完整（%3）</translation>
    </message>
    <message>
        <source>%1: “%2” is cut with dots, and no tip says the whole</source>
        <translation>%1：“%2”用省略号截断，又没有提示给出全文</translation>
    </message>
    <message>
        <source>%1: “%2” is covered in part by %3</source>
        <translation>%1：“%2”有一部分被 %3 盖住</translation>
    </message>
    <message>
        <source>%1: “%2” lies on “%3”</source>
        <translation>%1：“%2”压在“%3”上</translation>
    </message>
    <message>
        <source>%1: the node %2 lies on %3</source>
        <translation>%1：节点 %2 压在 %3 上</translation>
    </message>
    <message>
        <source>%1: %2 lies on %3</source>
        <translation>%1：%2 压在 %3 上</translation>
    </message>
    <message>
        <source>%1: %2 stands outside of what it is in</source>
        <translation>%1：%2 伸到了容器外面</translation>
    </message>
    <message>
        <source>%1: a part of %2 is hidden behind arrows</source>
        <translation>%1：%2 有一部分藏在箭头后面</translation>
    </message>
    <message>
        <source>%1: is %2, and was given %3</source>
        <translation>%1：占 %2，只给了 %3</translation>
    </message>
    <message>
        <source>%1: “%2” is too small to read</source>
        <translation>%1：“%2”小得读不出来</translation>
    </message>
    <message>
        <source>%1: “%2” can hardly be told from what it stands on</source>
        <translation>%1：“%2”与底色几乎分不开</translation>
    </message>
</context>
<context>
    <name>sockwalk::UntilBar</name>
    <message>
        <source>Run until</source>
        <translation>运行到</translation>
    </message>
    <message>
        <source>call == tcp_v4_rcv, sock.sk_state == TCP_ESTABLISHED, tcp.port == 80, drop, sleeps …</source>
        <translation>call == tcp_v4_rcv, sock.sk_state == TCP_ESTABLISHED, tcp.port == 80, drop, sleeps …</translation>
    </message>
    <message>
        <source>The condition until which the walk runs</source>
        <translation>运行到此条件成立为止</translation>
    </message>
    <message>
        <source>Back to where it held last (Shift+Return)</source>
        <translation>退回上次成立之处（Shift+回车）</translation>
    </message>
    <message>
        <source>On to where it holds next (Return)</source>
        <translation>前进到下次成立之处（回车）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop looking (Escape)</source>
        <translation>停止查找（Esc）</translation>
    </message>
    <message>
        <source>Close this line (Escape)</source>
        <translation>关闭这一行（Esc）</translation>
    </message>
    <message>
        <source>How much of the record has been looked through</source>
        <translation>记录已查找的部分</translation>
    </message>
    <message>
        <source>No walk is open.</source>
        <translation>没有打开的走查。</translation>
    </message>
</context>
<context>
    <name>sockwalk::UntilRun</name>
    <message>
        <source>Stopped before anything was found. You are where you were.</source>
        <translation>还没找到就停下了，你仍在原处。</translation>
    </message>
    <message>
        <source>Stopped at %1: %2</source>
        <translation>停在%1：%2</translation>
    </message>
</context>
<context>
    <name>sockwalk::Walk</name>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>alive now</source>
        <translation>此刻存活</translation>
    </message>
    <message>
        <source>to its birth</source>
        <translation>去它的诞生处</translation>
    </message>
    <message>
        <source> · not called in this walk</source>
        <translation> · 这个走查里没有调用</translation>
    </message>
    <message>
        <source>power off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>No session is open.</source>
        <translation>没有打开会话。</translation>
    </message>
    <message>
        <source>This is the end of the record.</source>
        <translation>这里是记录的末尾。</translation>
    </message>
    <message>
        <source>Nothing further in that direction.</source>
        <translation>那个方向上没有了。</translation>
    </message>
    <message>
        <source>This kernel has no function named %1.</source>
        <translation>这个内核没有叫 %1 的函数。</translation>
    </message>
    <message>
        <source>%1 is not called again in that direction.</source>
        <translation>那个方向上不再调用 %1。</translation>
    </message>
    <message>
        <source>Nobody writes there in that direction.</source>
        <translation>那个方向上没有人再写这里。</translation>
    </message>
    <message>
        <source>event %1 of the whole record</source>
        <translation>整个记录的第 %1 个事件</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 has become %3.</source>
        <translation>已停下：%2 的 %1 变为 %3。</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 has changed.</source>
        <translation>已停下：%2 的 %1 变了。</translation>
    </message>
    <message>
        <source> · inlined</source>
        <translation> · 内联</translation>
    </message>
</context>
<context>
    <name>sockwalk::WatchModel</name>
    <message>
        <source>not born yet</source>
        <translation>尚未诞生</translation>
    </message>
    <message>
        <source>freed</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>While the walk runs, stop where this changes</source>
        <translation>运行时，在它变化处停下</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1，变了</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>现在的值</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>由谁写入</translation>
    </message>
    <message>
        <source>Stop on change</source>
        <translation>变化时停</translation>
    </message>
</context>
<context>
    <name>sockwalk::WatchView</name>
    <message>
        <source>Nothing is watched yet. Choose a member in Structure and press W, or watch it from the menu of its row: its value stands here at every step.</source>
        <translation>还没有监视任何成员。在“结构”里选一个成员按 W，或用该行的菜单监视：每一步这里都显示它的值。</translation>
    </message>
    <message>
        <source>Members that are watched</source>
        <translation>监视的成员</translation>
    </message>
    <message>
        <source>An object, a member, a value</source>
        <translation>对象、成员或值</translation>
    </message>
    <message>
        <source>&amp;Show it in Structure</source>
        <translation>在“结构”里显示(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop on change, or no longer</source>
        <translation>变化时停，或不再停(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;No longer watch it</source>
        <translation>不再监视它(&amp;N)</translation>
    </message>
</context>
<context>
    <name>sockwalk::WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>A walk through the Linux network stack</source>
        <translation>把 Linux 网络栈走一遍</translation>
    </message>
    <message>
        <source>The real functions, structures and bytes. Every step goes forward, and back.</source>
        <translation>真实的函数、结构体和字节。每一步都能前进，也能后退。</translation>
    </message>
    <message>
        <source>Walk socket()</source>
        <translation>走一遍 socket()</translation>
    </message>
    <message>
        <source>From the system call to the descriptor: watch four objects be born.</source>
        <translation>从系统调用到描述符：看四个对象诞生。</translation>
    </message>
    <message>
        <source>Open a capture</source>
        <translation>打开抓包</translation>
    </message>
    <message>
        <source>Choose one of its hosts and see what its kernel did.</source>
        <translation>选其中一台主机，看它的内核做了什么。</translation>
    </message>
    <message>
        <source>pcap, pcapng, a session · or drop it here</source>
        <translation>pcap、pcapng、会话 · 也可以拖到这里</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>开始一课</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Samples, and what to watch in them</source>
        <translation>样例，以及看点</translation>
    </message>
    <message>
        <source>Keys: %1 steps into · %2 steps out · %3 goes back · Ctrl+P finds anything</source>
        <translation>按键：%1 单步进入 · %2 跳出 · %3 后退 · Ctrl+P 什么都能找到</translation>
    </message>
    <message>
        <source>Don&apos;t show this at the start</source>
        <translation>启动时不再显示</translation>
    </message>
    <message>
        <source>Help &gt; Welcome shows it again.</source>
        <translation>从“帮助 &gt; 欢迎”可以再次打开。</translation>
    </message>
    <message>
        <source>To the window (Esc)</source>
        <translation>进入窗口（Esc）</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1，在 %2</translation>
    </message>
    <message>
        <source>What you open or save will stand here, with where you were in it.</source>
        <translation>打开或保存过的文件会列在这里，走到哪里也写着。</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>All %1 samples</source>
        <translation>全部 %1 个示例</translation>
    </message>
    <message>
        <source>Walks and captures that come with the program, and yours beside them</source>
        <translation>随程序来的走查和抓包，还有你自己放在旁边的</translation>
    </message>
    <message>
        <source>Two-minute tour of the window</source>
        <translation>两分钟导览</translation>
    </message>
    <message>
        <source>What is where, by doing it; what is open comes back</source>
        <translation>动手走一遍，看什么在哪里；打开的东西会回来</translation>
    </message>
    <message>
        <source>On the wire with this machine, by a TAP</source>
        <translation>在 TAP 上接上真实的网络</translation>
    </message>
    <message>
        <source>Ping the simulated kernel, and see each frame climb</source>
        <translation>ping 模拟的内核，看每一帧怎样往上走</translation>
    </message>
    <message>
        <source>%L1 steps · 5 minutes · the best place to begin</source>
        <translation>%L1 步 · 5 分钟 · 从这里开始最好</translation>
    </message>
    <message>
        <source>5 minutes · the best place to begin</source>
        <translation>5 分钟 · 从这里开始最好</translation>
    </message>
    <message numerus="yes">
        <source>%n lesson(s): predict, then step; the engine&apos;s own values answer.</source>
        <translation>
            <numerusform>%n 课：先预测，再单步，由引擎自己的值来回答。</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 minutes in all · begins with: %2</source>
        <translation>共 %L1 分钟 · 第一课：%2</translation>
    </message>
    <message>
        <source>Last: lesson %1, stop %2 of %3</source>
        <translation>上次学到：第 %1 课，第 %2 停，共 %3 停</translation>
    </message>
</context>
<context>
    <name>sockwalk::WhereItDies</name>
    <message>
        <source>Show where</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>And then</source>
        <translation>接着看</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
</context>
</TS>
