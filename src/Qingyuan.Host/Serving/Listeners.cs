using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Ingest;

namespace Qingyuan.Host.Serving;

/// <summary>The addresses the platform opens, checked before anything starts, and what they became once open.</summary>
internal sealed class Listeners
{
    private readonly IPEndPoint _http;
    private readonly IPEndPoint _hj212;
    private readonly IPEndPoint? _https;
    private readonly ServerCertificate? _certificate;
    private readonly Dictionary<string, ListenOptions> _open = [];

    /// <exception cref="WrongUseException">An address that cannot be read, plain HTTP beyond loopback, or TLS without a certificate.</exception>
    public Listeners(ServerSettings settings)
    {
        _http = Parse("--http", settings.Http);
        _hj212 = Parse("--hj212", settings.Hj212);
        if (!IPAddress.IsLoopback(_http.Address) && !settings.Insecure)
            throw new WrongUseException($"plain HTTP on {settings.Http} would carry passwords readably; use --https HOST:PORT --cert FILE, bind to 127.0.0.1, or say --insecure");
        if (settings.Https is null) return;
        _https = Parse("--https", settings.Https);
        _certificate = ServerCertificate.Load(settings.Certificate ?? throw new WrongUseException("--https needs --cert FILE"), settings.CertificatePassword);
    }

    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(_http, options => _open["http"] = options);
        if (_https is { } https) kestrel.Listen(https, options => (_open["https"] = options).UseHttps(_certificate!.Apply));
        kestrel.ListenHj212(_hj212, options => _open["hj212"] = options);
    }

    /// <summary>The line that says all listeners are open, with the ports that were really taken.</summary>
    public string Ready()
    {
        var line = $"ready http=http://{Real("http")} hj212={Real("hj212")}";
        return _https is null ? line : $"{line} https=https://{Real("https")}";
    }

    public Uri HttpAddress => new($"http://{Real("http")}");

    public Uri? HttpsAddress => _https is null ? null : new($"https://{Real("https")}");

    public IPEndPoint Hj212EndPoint => Real("hj212");

    private IPEndPoint Real(string name) => _open[name].IPEndPoint!;

    private static IPEndPoint Parse(string option, string address)
    {
        var colon = address.LastIndexOf(':');
        var host = colon < 0 ? "" : address[..colon];
        if (host is "localhost") host = "127.0.0.1";
        if (host is "*" or "+") host = "0.0.0.0";
        return colon > 0
            && IPAddress.TryParse(host, out var ip)
            && ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new IPEndPoint(ip, port)
                : throw new WrongUseException($"{option} '{address}': expected HOST:PORT with an IP address, such as 127.0.0.1:8080");
    }
}
