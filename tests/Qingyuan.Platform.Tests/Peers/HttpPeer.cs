using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>A real HTTP server that answers as told, in order, the last answer for ever, and keeps what it was sent.</summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Status, string Body)> _answers;

    private HttpPeer(WebApplication app, ConcurrentQueue<(int Status, string Body)> answers) => (_app, _answers) = (app, answers);

    public ConcurrentQueue<(string Method, string Url, string? Type, string Body)> Requests { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<HttpPeer> StartAsync(params (int Status, string Body)[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var peer = new HttpPeer(app, new(answers));
        app.Run(peer.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue((context.Request.Method, context.Request.GetEncodedUrl(), context.Request.ContentType, await reader.ReadToEndAsync()));
        var (status, body) = _answers.Count > 1 && _answers.TryDequeue(out var next) ? next : _answers.TryPeek(out var last) ? last : (200, "{}");
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
