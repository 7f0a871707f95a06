using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>A recipient's HTTPS server with a certificate that nobody but the policy trusts.</summary>
internal sealed class PutRecipient : IAsyncDisposable
{
    private readonly WebApplication _server;

    private PutRecipient(WebApplication server, string sha256) => (_server, Sha256) = (server, sha256);

    public string Sha256 { get; }

    public int Status { get; set; } = 201;

    public string? Path { get; private set; }

    public string? Authorization { get; private set; }

    public string? BodySha256 { get; private set; }

    public string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("[::]", "localhost", StringComparison.Ordinal);

    public static async Task<PutRecipient> OpenAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var recipient = new PutRecipient(builder.Build(), certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        recipient._server.Run(recipient.TakeAsync);
        await recipient._server.StartAsync();
        return recipient;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        (Path, Authorization) = (http.Request.Path.Value, http.Request.Headers.Authorization.ToString());
        BodySha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Response.StatusCode = Status;
        if (Status >= 400) await http.Response.WriteAsync("later");
    }
}
