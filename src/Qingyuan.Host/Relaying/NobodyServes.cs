using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Qingyuan.Host.Relaying;

/// <summary>What a browser or a program is told when no node serves.</summary>
internal static class NobodyServes
{
    private const string Page = """
        <!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>清源</title>
        <body style="font-family:sans-serif;margin:15vh auto;max-width:36em;line-height:1.7"><h1>暂无节点提供服务</h1>
        <p>本节点已收到您的请求，但目前没有节点在提供服务。接替通常需要几秒钟，本页会自动重试。</p>
        <p lang="en">No node of this installation serves at the moment. Another usually takes over within seconds; this page tries again by itself.</p></body></html>
        """;

    private static readonly byte[] Answer = Whole();

    public static async Task SayAsync(ConnectionContext caller)
    {
        await caller.Transport.Output.WriteAsync(Answer, caller.ConnectionClosed);
        await caller.Transport.Output.CompleteAsync();
    }

    private static byte[] Whole()
    {
        var page = Encoding.UTF8.GetBytes(Page);
        var head = $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {page.Length}\r\nRetry-After: 5\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. page];
    }
}
