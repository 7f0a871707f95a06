using Qingyuan.Host.Commands;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Serving;

/// <summary>Whether an installation's data are in its directory's files or in a PostgreSQL. Opened at the wrong place it would begin anew beside itself, and what the new one says would stand in the evidence log of the first.</summary>
internal static class DataPlace
{
    /// <exception cref="WrongUseException">The data are in a PostgreSQL and none is named.</exception>
    public static PersistenceOptions Of(DataDirectory data, ServerSettings settings)
    {
        if (settings.Database is not null) return new(settings.Database, data.Database);
        if (File.Exists(data.Moved)) throw new WrongUseException($"the data of {data.Root} were moved to a PostgreSQL: name it with --db");
        if (Directory.Exists(data.BeforeMove)) throw new WrongUseException($"the move of {data.Root} to a PostgreSQL was cut off: run it again with an empty database");
        if (File.Exists(data.OnServer)) throw new WrongUseException($"the data of {data.Root} are in a PostgreSQL: name it with --db");
        return new(null, data.Database);
    }

    /// <summary>Before an installation is opened to live on, and not only to be copied or checked.</summary>
    /// <exception cref="WrongUseException">The data are in files and a PostgreSQL is named.</exception>
    public static void Require(DataDirectory data, ServerSettings settings)
    {
        if (settings.Database is not null && Directory.Exists(data.Root) && File.Exists(data.Database))
            throw new WrongUseException($"the data of {data.Root} are in its files: move them to the PostgreSQL with `qingyuan move`, or leave --db away. If {data.Database} is a leftover, put it elsewhere");
    }

    /// <summary>Notes in the directory that its data are in a PostgreSQL.</summary>
    public static void Note(DataDirectory data, ServerSettings settings)
    {
        if (settings.Database is not null) data.NoteServer();
    }
}
