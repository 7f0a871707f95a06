using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Listening;

namespace Qingyuan.Host.Serving;

/// <summary>The addresses the platform opens, checked before anything starts, and what they became once open.</summary>
internal sealed class Listeners
{
    private readonly IPEndPoint _http;
    private readonly IPEndPoint _hj212;
    private readonly IPEndPoint? _https;
    private readonly ServerCertificate? _certificate;
    private readonly List<(IPEndPoint EndPoint, LineRules Rules, Action<ListenOptions> Configure)> _lines = [];
    private readonly Dictionary<string, ListenOptions> _open = [];

    /// <exception cref="WrongUseException">An address that cannot be read, plain HTTP beyond loopback, or TLS without a certificate.</exception>
    public Listeners(ServerSettings settings)
    {
        _http = Parse("--http", settings.Http);
        _hj212 = Parse("--hj212", settings.Hj212);
        for (var i = 0; i < settings.Hj212Listeners.Count; i++)
        {
            var (name, line) = ($"Hj212Listeners[{i}]", settings.Hj212Listeners[i]);
            var (rules, configure) = line.Read(name);
            _lines.Add((Parse(name + ".Address", line.Address), rules, configure));
        }

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
        kestrel.ListenHj212(_hj212, LineRules.Open, options => _open["hj212"] = options);
        for (var i = 0; i < _lines.Count; i++)
        {
            var (line, name) = (_lines[i], LineName(i));
            kestrel.ListenHj212(line.EndPoint, line.Rules, options => line.Configure(_open[name] = options));
        }
    }

    /// <summary>The line that says all listeners are open, with the ports that were really taken.</summary>
    public string Ready()
    {
        var line = $"ready http=http://{Real("http")} hj212={Real("hj212")}";
        if (_https is not null) line += $" https=https://{Real("https")}";
        return line + string.Concat(_lines.Select((_, i) => $" {LineName(i)}={Real(LineName(i))}"));
    }

    public Uri HttpAddress => new($"http://{Real("http")}");

    public Uri? HttpsAddress => _https is null ? null : new($"https://{Real("https")}");

    public IPEndPoint Hj212EndPoint => Real("hj212");

    /// <summary>Where the listener of <c>Hj212Listeners[index]</c> is.</summary>
    public IPEndPoint LineEndPoint(int index) => Real(LineName(index));

    private static string LineName(int index) => string.Create(CultureInfo.InvariantCulture, $"hj212.{index}");

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
