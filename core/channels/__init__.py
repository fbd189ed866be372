"""The ways out of the program: webhooks of group chats and mail; nothing else here opens a connection."""
