using System.Net;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>An address where loggers call. Its own type, so that Kestrel binds it with <see cref="Hj212Transport"/> and its small buffers.</summary>
public sealed class Hj212EndPoint(IPAddress address, int port) : IPEndPoint(address, port);
