namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What lies on disk is not what was written. Unlike other failures of the world it does not pass: trying again is in vain, and a walk, the frames or a backup mend it.</summary>
public abstract class StoredDamageException(string message, Exception? inner = null) : IOException(message, inner);
