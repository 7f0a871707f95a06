using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Where a node's silo is, and by what the others know it.</summary>
/// <param name="Database">The PostgreSQL whose tables say who is a member.</param>
/// <param name="Node">Name of the node, as the others see it.</param>
/// <param name="EndPoint">Where the other nodes reach the silo; port 0 takes a free one.</param>
/// <param name="ProbeEvery">How often members ask each other whether they live; who misses three answers is found dead. At least 1 s.</param>
public sealed record SiloPlace(string Database, string Node, IPEndPoint EndPoint, TimeSpan ProbeEvery)
{
    /// <summary>Nodes of one release of the library make one cluster: those of another could not understand each other's questions, and would find each other dead.</summary>
    internal const string Cluster = "qingyuan-10";

    /// <summary>Missed answers that make one dead.</summary>
    internal const int Misses = 3;
}

/// <summary>By what the nodes of one installation know each other.</summary>
/// <param name="Certificate">Both sides of a connection show it; nothing else opens a silo's port.</param>
public sealed record SiloIdentity(X509Certificate2 Certificate);
