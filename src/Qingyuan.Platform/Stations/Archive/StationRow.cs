using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>What is filed for one outlet. Never deleted: its number is a key in telemetry.</summary>
internal sealed class StationRow
{
    public int StationNo { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    public StationKind Kind { get; set; }

    public int Edition { get; set; }

    public FlagTable Flags { get; set; }

    public bool IsSample { get; set; }

    public string DischargerCode { get; set; } = "";

    public string DischargerName { get; set; } = "";

    public string Outlet { get; set; } = "";

    public string? PermitNo { get; set; }

    public string? Industry { get; set; }

    public decimal? ReferenceOxygen { get; set; }

    public int RealtimeSeconds { get; set; }

    public int MinuteInterval { get; set; }

    public string? Technician { get; set; }

    public string? Address { get; set; }

    public decimal? Longitude { get; set; }

    public decimal? Latitude { get; set; }

    public PositionDatum? Datum { get; set; }

    /// <summary>Sealed by the installation's wrapping key.</summary>
    public byte[] Password { get; set; } = [];

    public NetworkKind Network { get; set; }

    public List<string> AllowedNetworks { get; set; } = [];

    public List<FactorSetting> Factors { get; set; } = [];

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Null while it is in use; else the moment at which the validity of its MN ended.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public string? RetiredBecause { get; set; }

    /// <summary>When it came back into use last.</summary>
    public DateTimeOffset? ReinstatedAt { get; set; }

    /// <summary>Written when it goes out of use: anything was kept for it then. Its MN stays its own.</summary>
    public bool HasData { get; set; }

    /// <summary>The table it was filed from; null when it was filed by itself.</summary>
    public Guid? ImportId { get; init; }
}

/// <summary>A table of stations that was filed. The file itself is not kept: it holds the passwords of loggers.</summary>
internal sealed class StationImportRow
{
    public Guid Id { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public int Rows { get; init; }

    public required string FiledBy { get; init; }

    public DateTimeOffset FiledAt { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }

    public string? UndoneBecause { get; set; }
}

/// <summary>An SM4 key of a station from when on; never deleted.</summary>
internal sealed class StationKeyRow
{
    public Guid Id { get; init; }

    public int StationNo { get; init; }

    /// <summary>Sealed by the installation's wrapping key.</summary>
    public required byte[] Key { get; init; }

    public DateTimeOffset From { get; init; }
}

/// <summary>Which MN a station had, from when to when: loggers are exchanged.</summary>
internal sealed class StationMnRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public int StationNo { get; init; }

    public required string Mn { get; init; }

    public DateTimeOffset From { get; init; }

    /// <summary>Null while it is the current one.</summary>
    public DateTimeOffset? Until { get; set; }
}
