using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>The node that serves, one row.</summary>
internal sealed class ServingNodeRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public required string Name { get; set; }

    public required string Address { get; set; }

    public required byte[] SealedIdentity { get; set; }

    /// <summary>Address and generation of its silo; null of a release that had none, and while it stops.</summary>
    public string? Silo { get; set; }

    /// <summary>The database session that holds its right to serve, as the server numbers it.</summary>
    public string? Session { get; set; }

    public required DateTimeOffset Since { get; set; }
}

internal sealed class NodeModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<ServingNodeRow>(node =>
    {
        node.ToTable("serving_node");
        node.HasKey(row => row.Id);
        node.Property(row => row.Id).ValueGeneratedNever();
    });
}
