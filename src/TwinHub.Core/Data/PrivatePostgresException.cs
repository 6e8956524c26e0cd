namespace TwinHub.Core.Data;

/// <summary>The private PostgreSQL cannot serve. The message is one sentence for the terminal: what is wrong and what to do.</summary>
public sealed class PrivatePostgresException(string message) : Exception(message);
