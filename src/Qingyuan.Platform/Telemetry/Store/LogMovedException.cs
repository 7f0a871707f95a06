namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>The log does not end with the batch that was to be followed: a commit that was given up for failed took effect after all. Nothing was stored; who reads the end again may try again.</summary>
internal sealed class LogMovedException() : IOException("The log does not end where it ended a moment ago.");
